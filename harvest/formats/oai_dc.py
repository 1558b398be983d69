"""oai_dc: the fifteen elements of Dublin Core, which every provider has to have (OAI-PMH 2.0, section 3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from archive.description import Description
from archive.dublin_core import Statement, statements
from harvest.characters import legal

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

#: xs:language. A tag that does not look like one is left out: it would make the whole answer invalid.
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)


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
    seen: set[Element] = set()
    for statement in statements(description):
        for element in _elements(statement):
            if element.text.strip() and element not in seen:
                seen.add(element)
                yield element


def fragment(elements: Iterable[Element]) -> bytes:
    """``<oai_dc:dc>`` with these elements.

    schemaLocation pairs the schema with the namespace of oai_dc, not with that of Dublin Core.
    """
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {SCHEMA}")
    for element in elements:
        child = etree.SubElement(root, f"{{{DC}}}{element.name}")
        child.text = element.text
        if LANGUAGE.fullmatch(element.language):
            child.set(LANG, element.language)
    return etree.tostring(root, encoding="unicode").encode()


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
