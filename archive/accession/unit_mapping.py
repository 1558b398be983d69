"""From the draft of a unit to what the database holds of it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Any

from archive.drafts import DocumentDate, Field, Number, Statement, Summary, Title, UnitDraft, Value
from archive.drafts.stored import fields_as_data
from archive.models.unit import UnitLevel
from archive.vocab.edtf import bounds

#: Fields of a unit that a finding aid says something of, each with what it holds where nobody said anything.
FIELDS: dict[str, Any] = {
    "title": "",
    "dates": "",
    "date": "",
    "extent": "",
    "description": "",
    "statements": [],
    "internal_note": "",
}
#: Levels of EAD3 by what they are here; "class" is an arrangement by subject, as a series is one.
_LEVELS = {
    "class": UnitLevel.SERIES,
    "fonds": UnitLevel.FOND,
    "recordgrp": UnitLevel.FOND,
    "subgrp": UnitLevel.SUBFONDS,
    "опись": UnitLevel.OPIS,
    "папка": UnitLevel.PAPKA,
    "дело": UnitLevel.DELO,
    "лист": UnitLevel.LIST,
    "фонд": UnitLevel.FOND,
    **{level.value: level for level in UnitLevel},
}
#: Characters that these fields of a unit hold.
_TITLES, _DATES, _EDTF, _EXTENTS = 1000, 300, 100, 300

_DASH = re.compile(r"\s*[-–—]\s*")

Row = dict[str, Any]


def level_of(draft: UnitDraft) -> UnitLevel:
    """The level of a unit; one that only its finding aid knows is ``other``."""
    return _LEVELS.get(draft.level.casefold(), UnitLevel.OTHER)


def contents_of_unit(draft: UnitDraft) -> Row:
    """All that a draft says of a unit, by name of the field. What is too long for its field is a statement too."""
    titles = list(_all(draft, Title))
    dates = list(_all(draft, DocumentDate))
    summaries = [each.value.text for each in _all(draft, Summary)]
    extents = [each.value.text for each in _all(draft, Statement) if each.value.term == "extent"]
    extent = "; ".join(extents)
    # What no program can tell of a date is still what a unit without code and title is called by.
    shown = "; ".join(_once((*dates, *(each for each in _all(draft, Statement) if each.value.term == "date"))))
    held = {term for term, fits in (("extent", len(extent) <= _EXTENTS), ("date", len(shown) <= _DATES)) if fits}
    return {
        "title": titles[0].value.text[:_TITLES] if titles else "",
        "dates": shown[:_DATES],
        "date": _together(dates),
        "extent": extent if "extent" in held else "",
        "description": "\n\n".join(summaries),
        "statements": _distinct([*_further(draft, titles, shown), *_statements(draft, held)]),
        "internal_note": _internal(draft.internal),
    }


def _all(draft: UnitDraft, kind: type[Any]) -> Iterator[Field[Any]]:
    return (each for each in draft.fields if isinstance(each.value, kind))


def _together(dates: Iterable[Field[DocumentDate]]) -> str:
    """The dates in EDTF: one, or a set of several; the first, where they make none."""
    several = list(dict.fromkeys(each.value.edtf for each in dates))
    together = "{" + ", ".join(each.replace("/", "..") for each in several) + "}"
    candidates = (together, *several) if len(several) > 1 else several
    return next((each for each in candidates if len(each) <= _EDTF and _is_edtf(each)), "")


def _is_edtf(words: str) -> bool:
    try:
        bounds(words)
    except (ValueError, OverflowError):
        return False
    return True


def _once(dates: Iterable[Field[Any]]) -> list[str]:
    """Each date once, for a finding aid may give the same for people and, with another dash, for programs."""
    once: dict[str, str] = {}
    for each in dates:
        words = " ".join(each.verbatim.split())
        once.setdefault(_DASH.sub("-", words).strip(" ,;."), words.strip(" ,;"))
    return list(once.values())


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """Each statement once, where the finding aid makes it first."""
    return list({tuple(row.items()): row for row in rows}.values())


def _statement(term: str, value: str, language: str = "", uri: str = "") -> Row:
    return {"term": term, "value": value, "language": language, "uri": uri}


def _further(draft: UnitDraft, titles: list[Field[Title]], dates: str) -> Iterator[Row]:
    """What the fields of a unit do not hold: further titles and numbers, words too long, a level of its own."""
    if titles and len(titles[0].value.text) > _TITLES:
        yield _statement("title", titles[0].value.text, titles[0].value.language)
    for title in titles[1:]:
        yield _statement("alternative", title.value.text, title.value.language)
    if len(dates) > _DATES:
        yield _statement("date", dates)
    for number in _all(draft, Number):
        if number.value.value != draft.code:
            yield _statement("identifier", number.value.value)
    if draft.level and draft.level not in (level_of(draft).value, "fonds"):
        yield _statement("type", draft.level)


def _statements(draft: UnitDraft, held: Container[str]) -> Iterator[Row]:
    """The statements, without those whose terms a field of the unit holds."""
    for each in _all(draft, Statement):
        if each.value.term not in held:
            value = each.value
            yield _statement(value.term, value.text or value.uri, value.language, value.uri)


def _internal(fields: Iterable[Field[Value]]) -> str:
    """What is not for the public, as words."""
    said = []
    for each in fields_as_data(fields):
        value = each["value"]
        words = value.get("text") or value.get("value") or each["verbatim"]
        called = value.get("term", each["field"])
        said.append(f"{called}: {' '.join(filter(None, (words, value.get('uri', ''))))}")
    return "\n\n".join(said)
