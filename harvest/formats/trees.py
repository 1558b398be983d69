"""Trees: XML elements before they are written, for formats whose elements lie within one another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from harvest.formats import markup


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


def write(parent: etree._Element, each: Element, *, namespace: str) -> etree._Element:
    """Put an element of a namespace, and what is in it, at the end of another; return it."""
    said = {key: value for key, value in each.attributes.items() if value}
    written = etree.SubElement(parent, f"{{{namespace}}}{each.name}", said)
    written.text = each.text or None
    if each.language:
        written.set(markup.LANG, each.language)
    for child in each.children:
        write(written, child, namespace=namespace)
    return written
