"""Elements of Dublin Core in a record: term, words, language, and where they stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml import etree

DC = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
#: Roots of metadata: simple Dublin Core, and the forms in which repositories wrap qualified Dublin Core.
DESCRIPTIONS = frozenset(
    {
        "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc",
        "{http://dspace.org/qualifieddc/}qualifieddc",
        "{http://worldcat.org/xmlschemas/qdc-1.0/}qualifieddc",
        "{http://epubs.cclrc.ac.uk/xmlns/qdc/}qualifieddc",
        "{http://purl.org/dc/terms/}qualifieddc",
    }
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Element:
    """One statement of a record. ``term`` is the local name of its property, ``locator`` where it stands."""

    term: str
    text: str
    language: str
    locator: str


def elements_of(metadata: etree._Element) -> list[Element]:
    """The statements of a record in its order; those without words are left out."""
    found, counted = [], Counter[str]()
    for each in metadata.iterchildren(f"{{{DC}}}*", f"{{{TERMS}}}*"):
        name = etree.QName(each)
        prefixed = f"{'dc' if name.namespace == DC else 'dcterms'}:{name.localname}"
        counted[prefixed] += 1
        text = "".join(each.itertext()).strip()  # type: ignore[arg-type]
        if text:
            locator = f"metadata/{prefixed}[{counted[prefixed]}], line {each.sourceline}"
            found.append(Element(name.localname, text, each.get(_LANG, ""), locator))
    return found
