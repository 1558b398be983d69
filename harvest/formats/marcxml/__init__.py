"""marcxml: MARC 21 for bibliographic data, in XML, of one archival document that can be read online.

The mapping has one function for each field or block of fields, in the order of their tags (MARC 21 Format for
Bibliographic Data; for Dublin Core, the Library of Congress's crosswalk).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from lxml import etree

from archive.conf import conf
from archive.description import Description
from archive.vocab.characters import legal
from harvest.formats import markup
from harvest.formats.marcxml import access, coded, content, people
from harvest.formats.marcxml.fields import Field

MARC = "http://www.loc.gov/MARC21/slim"
SCHEMA = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"

#: In the order of the tags that they begin with.
BLOCKS: tuple[Callable[[Description], Iterator[Field]], ...] = (
    coded.standard_numbers, coded.cataloguing_source, coded.languages, coded.dates, people.main_entry, content.titles,
    content.production, content.extent, content.carrier, content.notes, content.abstracts, access.citation,
    access.rights, content.provenance, content.language_note, content.subjects, content.genres, people.added_entries,
    access.collections, access.relations, access.holdings, access.addresses,
)  # fmt: skip


class MarcXml:
    """The renderer."""

    format = "marcxml"
    media_type = "application/marcxml+xml"
    extension = ""
    schema = SCHEMA
    namespace = MARC

    def render(self, description: Description) -> bytes:
        """The document as ``<marc:record>``."""
        root = etree.Element(f"{{{MARC}}}record", {"type": "Bibliographic"}, nsmap={"marc": MARC, "xsi": markup.XSI})
        markup.located(root, namespace=MARC, schema=SCHEMA)
        etree.SubElement(root, f"{{{MARC}}}leader").text = coded.LEADER
        _control(root, "001", description.identifier)
        _control(root, "003", conf().MARC_ORGANIZATION)
        _control(root, "008", coded.fixed_data(description))
        fields = chain.from_iterable(block(description) for block in BLOCKS)
        for field in sorted(fields, key=lambda field: field.tag):
            _data(root, field)
        return markup.written(root)


def _control(root: etree._Element, tag: str, value: str) -> None:
    if value := legal(value):  # not stripped: 008 is told by places, and may begin with blanks
        etree.SubElement(root, f"{{{MARC}}}controlfield", {"tag": tag}).text = value


def _data(root: etree._Element, field: Field) -> None:
    """A field whose subfields are all empty is left out: the schema wants one at least."""
    said = field.said()
    if not said:
        return
    attributes = {"tag": field.tag, "ind1": field.indicators[0], "ind2": field.indicators[1]}
    element = etree.SubElement(root, f"{{{MARC}}}datafield", attributes)
    for code, value in said:
        etree.SubElement(element, f"{{{MARC}}}subfield", {"code": code}).text = value
