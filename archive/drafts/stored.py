"""Fields as plain data, for reports and for JSON columns, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from archive.drafts.draft import Field
from archive.drafts.pages import Line, Page, Word
from archive.drafts.source_text import Span
from archive.drafts.values import (
    Citation,
    Contribution,
    Distribution,
    DocumentDate,
    Editorial,
    EmptyLabel,
    Event,
    Membership,
    Number,
    OriginalLanguage,
    RecordId,
    Reference,
    Relation,
    Rights,
    SourceUrl,
    Statement,
    Subject,
    Summary,
    TextBody,
    Title,
    Value,
)

_KINDS: dict[str, type[Value]] = {
    kind.name: kind
    for kind in (
        *(Citation, Contribution, Distribution, DocumentDate, Editorial, EmptyLabel, Event, Number, OriginalLanguage),
        *(Membership, Page, RecordId, Reference, Relation, Rights, SourceUrl, Statement, Subject, Summary, TextBody),
        Title,
    )
}


def fields_as_data(fields: Iterable[Field[Value]]) -> Iterator[dict[str, Any]]:
    """Fields as plain data.

    Each is ``{"field", "value", "verbatim", "span", "locator", "inferred"}``; ``value`` holds the
    attributes of the value, ``span`` is ``[start, end]`` or None.
    """
    for each in fields:
        yield {
            "field": each.value.name,
            "value": _attributes(each.value),
            "verbatim": each.verbatim,
            "span": [each.span.start, each.span.end] if each.span else None,
            "locator": each.locator,
            "inferred": each.inferred,
        }


def packed(fields: Iterable[Field[Value]]) -> list[dict[str, Any]]:
    """Fields as ``fields_as_data`` tells them, without what goes without saying: to be stored by the thousand.

    Empty attributes are left out, and words that the value repeats letter for letter: ``as`` then names the
    attribute that holds them.
    """
    return [_packed(each) for each in fields]


def unpacked(data: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """What ``packed`` left out, put back. What was never packed comes out as it is."""
    for each in data:
        value = {**_defaults(each["field"]), **each["value"]}
        words = value[each["as"]] if "as" in each else each.get("verbatim", "")
        yield {
            "field": each["field"],
            "value": value,
            "verbatim": words,
            "span": each.get("span"),
            "locator": each.get("locator", ""),
            "inferred": each.get("inferred", ""),
        }


def _packed(field: Field[Value]) -> dict[str, Any]:
    attributes, same = _told_by(field.value, field.verbatim)
    data: dict[str, Any] = {"field": field.value.name, "value": attributes}
    if same:
        data["as"] = same
    elif field.verbatim:
        data["verbatim"] = field.verbatim
    if field.span:
        data["span"] = [field.span.start, field.span.end]
    if field.locator:
        data["locator"] = field.locator
    if field.inferred:
        data["inferred"] = field.inferred
    return data


def _told_by(value: Value, verbatim: str) -> tuple[dict[str, Any], str]:
    """What a value says beyond its defaults, and the name of the attribute that repeats the words of the source."""
    attributes, same = {}, ""
    for name, default in _told(value.name):
        said = getattr(value, name)
        if said != default:
            attributes[name] = said
            same = same or (name if said == verbatim else "")
    if isinstance(value, Page) and value.lines:
        attributes["lines"] = [dataclasses.asdict(line) for line in value.lines]
    return attributes, same


@cache
def _told(name: str) -> tuple[tuple[str, Any], ...]:
    """The attributes of a kind of value, with what each is where nothing is said of it."""
    return tuple((each.name, each.default) for each in dataclasses.fields(_KINDS[name]))  # type: ignore[arg-type]


@cache
def _defaults(name: str) -> dict[str, Any]:
    """The attributes of a kind of value that need not be given."""
    kind = _KINDS.get(name)
    found = dataclasses.fields(kind) if kind else ()  # type: ignore[arg-type]
    told = {each.name: each.default for each in found if each.default is not dataclasses.MISSING}
    return {name: [] if said == () else said for name, said in told.items()}


def fields_from_data(data: Iterable[Mapping[str, Any]]) -> Iterator[Field[Value]]:
    """The fields that ``fields_as_data`` or ``packed`` told of.

    One that an older version of its reader told otherwise than values are made now is passed over.
    """
    for each in data:
        value = _value(each["field"], each["value"])
        if value is not None:
            words = getattr(value, each["as"]) if "as" in each else each.get("verbatim", "")
            span = Span(*each["span"]) if each.get("span") else None
            yield Field(value, words, span, each.get("locator", ""), each.get("inferred", ""))


def _attributes(value: Any) -> dict[str, Any]:
    if isinstance(value, Page):
        return dataclasses.asdict(value)
    return {name: getattr(value, name) for name in _names(value.name)}


@cache
def _names(name: str) -> tuple[str, ...]:
    """The attributes of a kind of value."""
    return tuple(each.name for each in dataclasses.fields(_KINDS[name]))  # type: ignore[arg-type]  # all of them are


def _value(name: str, attributes: Mapping[str, Any]) -> Value | None:
    kind = _KINDS.get(name)
    if kind is None:
        return None
    if kind is Page:
        attributes = {**attributes, "lines": tuple(map(_line, attributes.get("lines", ())))}
    try:
        return kind(**attributes)
    except TypeError:
        return None


def _line(data: Mapping[str, Any]) -> Line:
    words = tuple(Word(each["text"], tuple(each["box"])) for each in data["words"])
    return Line(data["text"], tuple(data["box"]), words)
