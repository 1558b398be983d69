"""The words: paragraphs, line breaks and page breaks, and several texts beside each other (TEI P5, chapters 3 and 4).

An empty line ends a paragraph, a form feed a page; that is how archive.readers write them into a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from archive.description import Description, TextDescription
from archive.vocab.characters import legal
from harvest.formats import markup
from harvest.formats.tei.elements import TEI

_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TEXT, _GROUP, _BODY, _P, _LB, _PB = (f"{{{TEI}}}{name}" for name in ("text", "group", "body", "p", "lb", "pb"))


def readable(description: Description) -> tuple[TextDescription, ...]:
    """The texts that have words."""
    return tuple(each for each in description.texts if markup.words(each.body))


def write(root: etree._Element, texts: Sequence[TextDescription], *, pages: Mapping[int, Sequence[str]]) -> None:
    """``<text>``; where there are several, each is one of a ``<group>``."""
    if len(texts) == 1:
        _write(root, texts[0], pages.get(texts[0].key, ()))
        return
    group = etree.SubElement(etree.SubElement(root, _TEXT), _GROUP)
    for each in texts:
        _write(group, each, pages.get(each.key, ()))


def _write(parent: etree._Element, text: TextDescription, pages: Sequence[str]) -> None:
    written = etree.SubElement(parent, _TEXT, {"type": text.kind})
    if tag := markup.language(text.language):
        written.set(markup.LANG, tag)
    body = etree.SubElement(written, _BODY)
    sheets = text.body.replace("\r\n", "\n").split("\f")
    facsimiles = pages if len(pages) == len(sheets) else ()  # else nobody knows which page is which
    for number, sheet in enumerate(sheets, start=1):
        if number > 1 or facsimiles:
            _page_break(body, number, facsimiles)
        for paragraph in _PARAGRAPHS.split(legal(sheet)):
            if paragraph.strip():
                _paragraph(body, paragraph)
    if body.find(_P) is None:
        etree.SubElement(body, _P)


def _page_break(body: etree._Element, number: int, facsimiles: Sequence[str]) -> None:
    written = etree.SubElement(body, _PB, {"n": str(number)})
    if facsimiles:
        written.set("facs", facsimiles[number - 1])


def _paragraph(body: etree._Element, text: str) -> None:
    first, *lines = text.strip("\n").split("\n")
    written = etree.SubElement(body, _P)
    written.text = first
    for line in lines:
        etree.SubElement(written, _LB).tail = line
