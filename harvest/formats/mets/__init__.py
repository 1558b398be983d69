"""mets: the document with its page images, as digital libraries and their viewers take it (METS 1.12).

The description in MODS, the rights in Dublin Core, the images and thumbnails of each page, and two structures: the
pages in their order, and the texts. A document without page images has no record: there is nothing to be structured.
Files are grouped as viewers of German libraries look for them: ``DEFAULT`` and ``THUMBS``, beside ``FULLTEXT``.
"""

from __future__ import annotations

from lxml import etree

from archive.description import Description
from harvest.formats import markup
from harvest.formats.institution import institution
from harvest.formats.mets import files, sections, structure
from harvest.formats.mets.elements import METS, XLINK
from harvest.formats.trees import around, element, write
from harvest.formats.views import views_of

SCHEMA = "http://www.loc.gov/standards/mets/version1121/mets.xsd"


class Mets:
    """The renderer."""

    format = "mets"
    media_type = "application/mets+xml"
    extension = ""
    schema = SCHEMA
    namespace = METS

    def render(self, description: Description) -> bytes | None:
        """The document as ``<mets:mets>``; None without page images."""
        views = views_of(description)
        if not views:
            return None
        named = {"OBJID": description.uri, "LABEL": markup.words(description.title.value)}
        nsmap = {"mets": METS, "xlink": XLINK, "xsi": markup.XSI}
        root = etree.Element(f"{{{METS}}}mets", {**named, "TYPE": "document"}, nsmap=nsmap)
        markup.located(root, namespace=METS, schema=SCHEMA)
        agent = around("agent", [element("name", institution())], ROLE="CUSTODIAN", TYPE="ORGANIZATION")
        write(root, around("metsHdr", [agent]), namespace=METS)
        sections.write(root, description)
        for each in (files.section(description, views), *structure.maps(description, views)):
            write(root, each, namespace=METS)
        return markup.written(root)
