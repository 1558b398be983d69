"""oai_qdc: Dublin Core with its refinements, in the schema of OCLC that CONTENTdm made known to the hubs of DPLA.

The fifteen elements stand in the namespace of Dublin Core, what refines them in that of its terms: so a harvester
that knows only the one loses nothing by the other (DCMI, "Guidelines for implementing Dublin Core in XML").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from lxml import etree

from archive.description import Description
from archive.dublin_core import Statement, statements
from archive.vocab.dcmi import ELEMENTS, TERMS
from harvest.formats import markup
from harvest.formats.institution import institution
from harvest.formats.oai_dc import DC, NAMES, THUMBNAIL, Element
from harvest.formats.views import manifest_of, views_of

OAI_QDC = "http://worldcat.org/xmlschemas/qdc-1.0/"
SCHEMA = "http://worldcat.org/xmlschemas/qdc/1.0/qdc-1.0.xsd"
DCTERMS = "http://purl.org/dc/terms/"


class OaiQdc:
    """The renderer."""

    format = "oai_qdc"
    media_type = "text/xml"
    extension = ""
    schema = SCHEMA
    namespace = OAI_QDC

    def render(self, description: Description) -> bytes:
        """The document as ``<oai_qdc:qualifieddc>``."""
        nsmap = {"oai_qdc": OAI_QDC, "dc": DC, "dcterms": DCTERMS, "xsi": markup.XSI}
        root = etree.Element(f"{{{OAI_QDC}}}qualifieddc", nsmap=nsmap)
        markup.located(root, namespace=OAI_QDC, schema=SCHEMA)
        for element in dict.fromkeys(elements(description)):
            child = etree.SubElement(root, f"{{{DC if element.name in ELEMENTS else DCTERMS}}}{element.name}")
            child.text = element.text
            if tag := markup.language(element.language):
                child.set(markup.LANG, tag)
        return markup.written(root)


def elements(description: Description) -> Iterator[Element]:
    """The document's statements as elements, those without words left out."""
    said: Iterable[Element] = chain(
        chain.from_iterable(map(_elements, statements(description))),
        [Element("publisher", institution())],
        _manifest(description),
        _thumbnail(description),
    )
    return (element for element in said if element.text)


def _elements(statement: Statement) -> Iterator[Element]:
    """The words, and beside them the address where there is one; no address of a name, as in oai_dc."""
    if statement.term not in TERMS:
        return
    if statement.value != statement.uri:
        yield Element(statement.term, markup.words(statement.value), statement.language)
    if statement.term not in NAMES:
        yield Element(statement.term, markup.words(statement.uri))


def _manifest(description: Description) -> Iterator[Element]:
    """Where DPLA and Europeana look for it."""
    yield Element("isReferencedBy", manifest_of(description))


def _thumbnail(description: Description) -> Iterator[Element]:
    for view in views_of(description)[:1]:
        yield Element("hasFormat", view.within(THUMBNAIL))
