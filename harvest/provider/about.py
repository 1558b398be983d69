"""About: what is said of a record besides its metadata (OAI-PMH 2.0, section 2.5).

Each part is said for a whole page of records at once, so that one that asks the database asks it once. To add one,
write its function and name it in ``PARTS``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from archive.conf import conf
from harvest.characters import legal
from harvest.formats.oai_dc import Element, fragment
from harvest.provider.provenance import provenance
from harvest.provider.rows import RowTuple

#: For each of some records what stands in an ``<about>`` of it: one XML element in UTF-8; empty for nothing.
Part = Callable[[Sequence[RowTuple]], Sequence[bytes]]


def rights(rows: Sequence[RowTuple]) -> list[bytes]:
    """Under which licence the metadata are, by themselves and not the document that they describe."""
    return [stated(conf().METADATA_RIGHTS)] * len(rows)


PARTS: tuple[Part, ...] = (rights, provenance)


def abouts(rows: Sequence[RowTuple]) -> list[bytes]:
    """For each record the ``<about>`` elements that stand behind its metadata; a deleted one has none."""
    parts = [part(rows) for part in PARTS]
    said = zip(*parts, strict=True) if parts else ()
    return [b"" if deleted else _contained(each) for (*_, deleted, _), each in zip(rows, said, strict=True)]


@lru_cache(maxsize=8)
def stated(licence: str) -> bytes:
    """A licence in Dublin Core, whose schema every harvester has; empty for none."""
    return fragment([Element("rights", legal(licence))]) if legal(licence).strip() else b""


@lru_cache(maxsize=512)
def _contained(parts: tuple[bytes, ...]) -> bytes:
    return b"".join(b"<about>" + part + b"</about>" for part in parts if part)
