"""oai_dc: the fifteen elements of Dublin Core, which every provider has to have (OAI-PMH 2.0, section 3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from lxml import etree

from archive.description import Description
from archive.dublin_core import Statement, statements
from archive.vocab.characters import legal
from harvest.formats import markup
from harvest.formats.institution import institution
from harvest.formats.views import manifest_of, views_of

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"

#: Side of the square that a thumbnail fits in, in pixels: the hubs of DPLA take no larger one.
THUMBNAIL = 150

#: Elements that hold names, and nothing else.
NAMES = frozenset({"creator", "contributor"})


class Element(NamedTuple):
    """One Dublin Core element: its local name, its text and the language of that text, if known."""

    name: str
    text: str
    language: str = ""


class OaiDc:
    """The renderer."""

    format = "oai_dc"
    media_type = "text/xml"
    extension = ""
    schema = SCHEMA
    namespace = OAI_DC

    def render(self, description: Description) -> bytes:
        """The document as ``<oai_dc:dc>``."""
        return fragment(elements(description))


def elements(description: Description) -> Iterator[Element]:
    """The document's statements as elements, each once; refinements under the element that they refine."""
    return _once(
        chain(
            chain.from_iterable(map(_elements, statements(description))),
            [Element("publisher", institution())],
            _views(description),
        )
    )


def fragment(elements: Iterable[Element]) -> bytes:
    """``<oai_dc:dc>`` with these elements.

    schemaLocation pairs the schema with the namespace of oai_dc, not with that of Dublin Core.
    """
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": markup.XSI})
    markup.located(root, namespace=OAI_DC, schema=SCHEMA)
    for element in elements:
        child = etree.SubElement(root, f"{{{DC}}}{element.name}")
        child.text = element.text
        if tag := markup.language(element.language):
            child.set(markup.LANG, tag)
    return markup.written(root)


def _once(elements: Iterable[Element]) -> Iterator[Element]:
    seen: set[Element] = set()
    for element in elements:
        if element.text.strip() and element not in seen:
            seen.add(element)
            yield element


def _views(description: Description) -> Iterator[Element]:
    """The manifest and a thumbnail. No identifiers: who looks for the front door must not find a picture."""
    yield Element("relation", manifest_of(description))
    for view in views_of(description)[:1]:
        yield Element("relation", view.within(THUMBNAIL))


def _elements(statement: Statement) -> Iterator[Element]:
    """The words, and beside them the address where there is one.

    The two never share an element: aggregators read an address only where it stands alone. The address of a
    person is left out: in an aggregator's list of authors it would stand as one more author.
    """
    if not statement.element:
        return
    if statement.value != statement.uri:
        yield Element(statement.element, legal(statement.value), statement.language)
    if statement.uri and statement.element not in NAMES:
        yield Element(statement.element, legal(statement.uri))
