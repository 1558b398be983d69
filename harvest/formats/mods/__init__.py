"""mods: the Metadata Object Description Schema of the Library of Congress, version 3.5, as the hubs of DPLA take it.

One function for each of MODS' elements; each yields them, and yields nothing where there is nothing to say (MODS User
Guidelines; "DLF/Aquifer Implementation Guidelines for Shareable MODS Records").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from archive.description import Description
from harvest.formats import markup
from harvest.formats.mods import access, matter, people
from harvest.formats.mods.elements import MODS, XLINK, Element
from harvest.formats.trees import write

SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-5.xsd"

FIELDS: tuple[Callable[[Description], Iterator[Element]], ...] = (
    matter.titles, people.names, matter.kinds, matter.origin, matter.languages, matter.physical, matter.abstracts,
    matter.notes, people.subjects, access.related, access.identifiers, access.locations, access.conditions,
    access.record,
)  # fmt: skip


class Mods:
    """The renderer."""

    format = "mods"
    media_type = "application/mods+xml"
    extension = ""
    schema = SCHEMA
    namespace = MODS

    def render(self, description: Description) -> bytes:
        """The document as ``<mods:mods>``."""
        root = mods(description)
        markup.located(root, namespace=MODS, schema=SCHEMA)
        return markup.written(root)


def mods(description: Description) -> etree._Element:
    """``<mods:mods>``, alone or to be wrapped in another record."""
    nsmap = {"mods": MODS, "xlink": XLINK, "xsi": markup.XSI}
    root = etree.Element(f"{{{MODS}}}mods", {"version": "3.5"}, nsmap=nsmap)
    for field in FIELDS:
        for element in field(description):
            write(root, element, namespace=MODS)
    return root
