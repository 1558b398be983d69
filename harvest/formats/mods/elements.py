"""MODS elements: words, or other elements, with those attributes that have a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from harvest.formats import markup

MODS = "http://www.loc.gov/mods/v3"
XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"


class Element(NamedTuple):
    """An element that is not yet written: lxml takes ten times as long for one that has no parent."""

    name: str
    text: str
    language: str
    attributes: dict[str, str]
    children: tuple[Element, ...] = ()


def element(name: str, text: str = "", language: str = "", **attributes: str) -> Element:
    """An element with words; attributes without a value are left out."""
    return Element(name, markup.words(text), markup.language(language), attributes)


def around(name: str, children: Iterable[Element], **attributes: str) -> Element:
    """An element with others in it."""
    return Element(name, "", "", attributes, tuple(children))


def url(address: str, **attributes: str) -> Iterator[Element]:
    """``<url>``, where there is an address."""
    if address:
        yield element("url", address, **attributes)


def write(parent: etree._Element, each: Element) -> None:
    """Put an element, and what is in it, at the end of another."""
    said = {key: value for key, value in each.attributes.items() if value}
    written = etree.SubElement(parent, f"{{{MODS}}}{each.name}", said)
    written.text = each.text or None
    if each.language:
        written.set(markup.LANG, each.language)
    for child in each.children:
        write(written, child)
