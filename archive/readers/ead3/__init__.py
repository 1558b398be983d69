"""Finding aids in EAD3 (Encoded Archival Description, version 1.1): the archival tree with its descriptions.

The repository comes first, then the whole that is described, then every component, each before those below it. Two
passes: what is said of the whole may stand after all its components, and a file that ends in the middle is refused
before anything came in.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.drafts import UnitDraft
from archive.readers.ead3.tree import NAMESPACES, described
from archive.readers.refused import SourceRefused, UnknownSource
from archive.readers.source import Source
from archive.readers.xml_safety import root_of

#: EAD 2002, by its schema; files made for its DTD have no namespace.
_EAD_2002 = "{urn:isbn:1-931666-22-9}ead"
_ROOTS = frozenset({*(f"{{{namespace}}}ead" for namespace in NAMESPACES), _EAD_2002, "ead"})


class Ead3:
    """Finding aids in EAD3."""

    name = "ead3"
    version = "3"

    def recognises(self, source: Source) -> bool:
        """Whether the root element is ``ead``, of this version or another."""
        return root_of(source) in _ROOTS

    def read(self, source: Source) -> Iterator[UnitDraft]:
        """The units that the finding aid describes, from the repository down.

        :raises UnknownSource: it is in EAD 2002 or EAD 1.
        :raises SourceRefused: it is not well-formed, or would exhaust who reads it.
        """
        if (root := root_of(source)) in (_EAD_2002, "ead"):
            raise _other_version(source, root)
        return described(source)


def _other_version(source: Source, root: str) -> SourceRefused:
    found = "EAD 2002" if root == _EAD_2002 else "EAD without the namespace of EAD3, as EAD 2002 and EAD 1 are"
    return UnknownSource(
        f"{source.name} is a finding aid in {found}; we read EAD3. Convert it by the stylesheet that the Society of "
        f"American Archivists gives away for this, or export it as EAD3, and hand that in. EAD3 is in {NAMESPACES[0]}."
    )
