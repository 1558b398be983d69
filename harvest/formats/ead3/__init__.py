"""ead3: archival units as finding aids (Encoded Archival Description, EAD3 1.1.1), for archives' portals.

One record for each unit: what is said of it, the way up as ``relations``, and right below it the units and documents
that it holds. A portal that takes the record of a fond, and follows its components, has the whole finding aid. One
function for each field; archive.readers.ead3 reads the other way round.
"""

from __future__ import annotations

from lxml import etree

from archive.description.units import UnitRecord
from harvest.formats import markup
from harvest.formats.ead3 import components, control, identification, notes
from harvest.formats.ead3.elements import EAD3, level
from harvest.formats.trees import around, write

SCHEMA = "https://www.loc.gov/ead/ead3.xsd"


class Ead3:
    """The renderer."""

    format = "ead3"
    media_type = "application/xml"
    extension = ""
    schema = SCHEMA
    namespace = EAD3

    def render(self, description: UnitRecord) -> bytes:
        """The unit as ``<ead>``."""
        root = etree.Element(f"{{{EAD3}}}ead", nsmap={None: EAD3, "xsi": markup.XSI})  # type: ignore[dict-item]
        markup.located(root, namespace=EAD3, schema=SCHEMA)
        write(root, control.control(description), namespace=EAD3)
        said = [identification.did(description), *notes.notes(description), *components.components(description)]
        write(root, around("archdesc", said, **level(description.level)), namespace=EAD3)
        return markup.written(root)
