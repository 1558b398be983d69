"""What a finding aid says of itself (``control``): who made it, by which rules, and where else it can be read.

ISAD(G), section 3.7. It is said of the whole, for that is what the finding aid is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.drafts import Field, Statement, Value
from archive.readers.ead3.identification import field
from archive.readers.ead3.words import children, line, text

#: Elements in words, each with what it is called.
_TOLD = {
    "filedesc": "Finding aid",
    "conventiondeclaration": "Rules of the finding aid",
    "rightsdeclaration": "Rights in the finding aid",
}
_ADDRESS = ("http://", "https://")


def about_itself(control: etree._Element) -> Iterator[Field[Value]]:
    """The statements that ``control`` makes of the finding aid, in its order."""
    for element in children(control, "otherrecordid", "representation", *_TOLD):
        name = etree.QName(element).localname
        if name in _TOLD:
            yield from _told(element, _TOLD[name])
        else:
            yield from _elsewhere(element)


def _told(element: etree._Element, called: str) -> Iterator[Field[Value]]:
    addresses = (each.get("href", "").strip() for each in element.iter("*"))
    address = next((each for each in addresses if each.startswith(_ADDRESS)), "")
    words = text(element) or address
    if words:
        yield field(element, Statement("description", f"{called}\n\n{words}", uri=address))


def _elsewhere(element: etree._Element) -> Iterator[Field[Value]]:
    """Where the finding aid can be read: the address of a form for people, or one given as an id."""
    words = line(element)
    address = element.get("href", "").strip() or words
    if address.startswith(_ADDRESS):
        yield field(element, Statement("isReferencedBy", words or address, uri=address))
