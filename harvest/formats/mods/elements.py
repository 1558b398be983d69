"""MODS elements: words, or other elements, with those attributes that have a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from harvest.formats import markup

MODS = "http://www.loc.gov/mods/v3"
XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"


def element(name: str, text: str = "", language: str = "", **attributes: str) -> etree._Element:
    """An element with words; attributes without a value are left out."""
    made = etree.Element(f"{{{MODS}}}{name}", {key: value for key, value in attributes.items() if value})
    made.text = markup.words(text) or None
    if tag := markup.language(language):
        made.set(markup.LANG, tag)
    return made


def around(name: str, children: Iterable[etree._Element], **attributes: str) -> etree._Element:
    """An element with others in it."""
    parent = element(name, **attributes)
    parent.extend(children)
    return parent


def url(address: str, **attributes: str) -> Iterator[etree._Element]:
    """``<url>``, where there is an address."""
    if address:
        yield element("url", address, **attributes)
