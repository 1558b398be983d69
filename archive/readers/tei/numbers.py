"""Numbers of a document: the edition's, and that of the telegram."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.drafts import Field, Number
from archive.readers.tei.markup import said, tei, words

_PARAGRAPH, _OPENER, _SEG = tei("p"), tei("opener"), tei("seg")
#: "250. Pignon–Bao Dai conversations", "Topol 2638. Deliver": number, and the series that it belongs to.
_BEGINNING = re.compile(r"(?:[A-Z][a-z]{2,9} )?(?P<number>[0-9]{1,5})\. (?=\S)")
_OPENED = re.compile(r"(?:No\.|Nr\.|№) ?(?P<number>[0-9]{1,6})\b")
_TELEGRAMS = frozenset({"telegram", "circular telegram", "airgram"})


def in_edition(document: etree._Element) -> Iterator[Field[Number]]:
    """The number that the edition gives the document (``@n``)."""
    number = document.get("n", "").strip()
    if number and len(number) <= 200:
        yield said(
            Number(number, "legacy"), document, verbatim=number, inferred="number of the document in the edition"
        )


def of_telegram(document: etree._Element, *, kind: str) -> Iterator[Field[Number]]:
    """The number that a telegram begins with, or that its opener gives.

    A telegram that begins with its first point ("1. …") gives no number in that place.
    """
    for opener in document.iterchildren(_OPENER):
        for seg in opener.iterchildren(_SEG):
            found = _OPENED.match(words(seg))
            if found:
                yield said(Number(found["number"], "telegram"), seg, verbatim=found[0])
                return
    first = next(document.iterchildren(_PARAGRAPH), None)
    if first is None or kind.casefold() not in _TELEGRAMS:
        return
    found = _BEGINNING.match(words(first))
    if found and found["number"] != "1":
        yield said(Number(found["number"], "telegram"), first, verbatim=found[0].strip())
