"""tei: TEI P5 with the whole text, as editions of letters are exchanged (TEI Guidelines, chapters 2 to 4).

A header, the page images, and each text, the translation beside the transcript. A document without words has no record:
what is known of it stands in other formats. The words come back unchanged through archive.readers.tei.
"""

from __future__ import annotations

from lxml import etree

from archive.description import Description
from harvest.formats import markup
from harvest.formats.tei import facsimile, header, text
from harvest.formats.tei.elements import TEI
from harvest.formats.trees import write

SCHEMA = "http://www.tei-c.org/release/xml/tei/custom/schema/xsd/tei_all.xsd"


class Tei:
    """The renderer."""

    format = "tei"
    media_type = "application/tei+xml"
    extension = ""
    schema = SCHEMA
    namespace = TEI

    def render(self, description: Description) -> bytes | None:
        """The document as ``<TEI>``; None without words."""
        texts = text.readable(description)
        if not texts:
            return None
        root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI, "xsi": markup.XSI})  # type: ignore[dict-item]
        markup.located(root, namespace=TEI, schema=SCHEMA)
        write(root, header.header(description), namespace=TEI)
        for each in facsimile.facsimile(description):
            write(root, each, namespace=TEI)
        text.write(root, texts, pages=facsimile.pages_of_texts(description))
        return markup.written(root)
