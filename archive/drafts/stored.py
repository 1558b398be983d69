"""Fields as plain data, for reports and for JSON columns, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
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
    Number,
    OriginalLanguage,
    RecordId,
    Reference,
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
        *(Page, RecordId, Reference, Rights, SourceUrl, Statement, Subject, Summary, TextBody, Title),
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


def fields_from_data(data: Iterable[Mapping[str, Any]]) -> Iterator[Field[Value]]:
    """The fields that ``fields_as_data`` told of.

    One that an older version of its reader told otherwise than values are made now is passed over.
    """
    for each in data:
        value = _value(each["field"], each["value"])
        if value is not None:
            span = Span(*each["span"]) if each["span"] else None
            yield Field(value, each["verbatim"], span, each["locator"], each["inferred"])


def _attributes(value: Any) -> dict[str, Any]:
    if isinstance(value, Page):
        return dataclasses.asdict(value)
    return {name: getattr(value, name) for name in _names(type(value))}


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind))


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
