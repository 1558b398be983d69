"""What several parts of a finding aid have in common: levels, titles, dates, paragraphs and names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harvest.formats import markup
from harvest.formats.trees import Element, around, element

EAD3 = "http://ead3.archivists.org/schema/"

#: EAD's words for levels that have another name here; the rest it knows, or takes as ``otherlevel``.
_LEVELS = {"fond": "fonds", "opis": "series", "delo": "file", "list": "item"}
_KNOWN = frozenset({"collection", "file", "fonds", "item", "series", "subfonds", "subseries"})

#: A day, a month, a year, or a span between two of them: what ``@normal`` takes of EDTF.
_NORMAL = re.compile(r"[0-2][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", re.ASCII)


def level(name: str) -> dict[str, str]:
    """The attributes that say of which level a unit is."""
    known = _LEVELS.get(name, name)
    return {"level": known} if known in _KNOWN else {"level": "otherlevel", "otherlevel": name}


def title(words: str) -> Iterator[Element]:
    """``<unittitle>``."""
    if markup.words(words):
        yield element("unittitle", words)


def date(words: str, edtf: str) -> Iterator[Element]:
    """``<unitdate>``, as it is written and, where EAD has a form for it, as programs read it."""
    if not markup.words(words or edtf):
        return
    ends = edtf.split("/")
    plain = len(ends) <= 2 and all(_NORMAL.fullmatch(each) for each in ends)
    yield element("unitdate", words or edtf, normal=edtf if plain else "")


def paragraphs(text: str, language: str = "") -> list[Element]:
    """``<p>`` for each paragraph; EAD takes no words outside of one."""
    tag = markup.language(language)
    return [element("p", each, lang=tag) for each in text.split("\n\n") if markup.words(each)]


def named(name: str, words: str, uri: str = "", **attributes: str) -> Element:
    """The name of an agent, a place or a subject, in one part."""
    return around(name, [element("part", words)], identifier=markup.address(uri), **attributes)
