"""The texts of a document: one, or one in each language that the file holds it in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.drafts import Field, TextBody
from archive.readers.tei import header
from archive.readers.tei.markup import DIV, HEAD, LANG, TEXT, said, tei
from archive.readers.tei.text import Rendering
from archive.readers.tei.volume import Volume
from archive.readers.text_language import language_of as told_language_of

_GROUP, _BODY = tei("group"), tei("body")
#: "[Translation]" at the head, where a dateline and a word of secrecy may stand above it, with the number of a note.
_TRANSLATED = re.compile(
    r"(?:[^\n]{1,120}\n{1,2}){0,3}?\[?Translation(?: ?\[?[0-9]{1,3}\]?)?\]?\s*(?:\n|$)", re.IGNORECASE
)
#: Words enough to tell a language.
_SAMPLE = 600


def texts(element: etree._Element, volume: Volume, *, whole: bool) -> Iterator[Field[TextBody]]:
    """Every text of the document that has something to read.

    The heading of a document of a volume is its title, and not repeated.
    """
    if not whole:
        head = element.find(HEAD)
        yield from _text(element, volume, skipped=frozenset() if head is None else frozenset((head,)))
        return
    for each in _parallel(element):
        yield from _text(each, volume)


def _parallel(root: etree._Element) -> tuple[etree._Element, ...]:
    """The texts of a group, or the divisions of a body that are each in a language of their own; else the text."""
    text = root.find(TEXT)
    if text is None:
        return ()
    group = text.find(_GROUP)
    if group is not None:
        return tuple(group.iterchildren(TEXT))
    body = text.find(_BODY)
    divisions = () if body is None else tuple(body.iterchildren(DIV))
    languages = {each.get(LANG) for each in divisions}
    return divisions if len(divisions) > 1 and None not in languages and len(languages) == len(divisions) else (text,)


def _text(
    element: etree._Element, volume: Volume, *, skipped: frozenset[etree._Element] = frozenset()
) -> Iterator[Field[TextBody]]:
    text = Rendering(element, skipped=skipped).text()
    if not text:
        return
    language, inferred = _language(element, volume, text)
    translated = element.get("type") == "translation" or _TRANSLATED.match(text)
    value = TextBody(text, "translation" if translated else "transcript", language)
    yield said(value, element, verbatim=text, inferred=inferred)


def _language(element: etree._Element, volume: Volume, text: str) -> tuple[str, str]:
    """Of the text, else of the file; else told by its words."""
    for each in (element, *element.iterancestors()):
        if each.get(LANG):
            return each.get(LANG, ""), ""
    body = next(element.iterchildren(_BODY), None)
    if body is not None and body.get(LANG):
        return body.get(LANG, ""), ""
    declared = header.language_of(volume.header)
    if declared is not None:
        return declared.get("ident", ""), "language from the header of the file"
    told = told_language_of(text[:_SAMPLE])
    return told, "language told by a detector from the words of the text" if told else ""
