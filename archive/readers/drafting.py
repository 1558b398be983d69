"""Makes a draft of what a reader claimed: fields in order, identity, segments, notices.

Characters that XML cannot carry stay in the segments, where the source is kept as it is, and are taken out of
the values, which are published.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from archive.drafts import (
    DocumentDate,
    Draft,
    Field,
    Identity,
    Notice,
    RecordId,
    Role,
    Segment,
    SourceUrl,
    TextBody,
    Title,
    Value,
)
from archive.readers.passages import Passage
from archive.readers.segments import Claim, partition
from archive.readers.source import Source
from archive.vocab.characters import ILLEGAL, any_illegal, legal

V = TypeVar("V", bound=Value)

#: A damaged file can hold thousands; the first few show the archivist where to look.
_POSITIONS_NAMED = 5

#: The digital archive whose pages both layouts were saved from. Two systems may both have a record 110692; within
#: an identity, a record id stands with its system. A reader for pages of another system names that one.
SYSTEM = "digitalarchive.wilsoncenter.org"


def draft(source: Source, claims: Iterable[Claim], *, system: str = SYSTEM) -> Draft:
    """The draft of a source that holds one document; ``system`` is whose its record id is."""
    claims = tuple(claims)
    segments = partition(source.text, claims)
    told: Iterable[Field[Value]] = (each for claim in claims for each in claim.fields)
    illegal = any_illegal(source.content)
    # The text holds what XML cannot carry, or writes it with a backslash, as YAML can.
    fields = tuple(sorted(map(_carried, told) if illegal or "\\" in source.text else told, key=_order))
    notices = (
        *_missing(fields),
        *(notice for claim in claims for notice in claim.notices),
        *_unclassified(source.text, segments),
        *(_dropped_characters(source.text) if illegal else ()),
    )
    return Draft(_identity(source, fields, system), fields, segments, notices)


def _order(field: Field[Value]) -> tuple[int, int]:
    """Where fields stand in the source; of two that start together the longer goes first."""
    return (field.span.start, -field.span.end) if field.span else (-1, 0)


def _missing(fields: tuple[Field[Value], ...]) -> Iterator[Notice]:
    kinds = {type(field.value) for field in fields}
    for kind, words in ((DocumentDate, "a date"), (Title, "a title"), (TextBody, "a text")):
        if kind not in kinds:
            yield Notice(f"The file does not give {words} of the document, or not where we know to look.")


def _identity(source: Source, fields: tuple[Field[Value], ...], system: str) -> Identity:
    """The record id, else the address, else the checksum.

    A checksum alone is the last resort: the same page saved by two programs has other bytes.
    """
    for field in fields:
        if isinstance(field.value, RecordId):
            return Identity("record", f"{system}/{field.value.value}")
    for field in fields:
        if isinstance(field.value, SourceUrl):
            return Identity("url", field.value.url)
    return Identity("sha256", source.sha256)


def _carried(field: Field[V]) -> Field[V]:
    """The field, its value without the characters that XML cannot carry."""
    value: Any = field.value
    kind: Any = type(value)
    said = {name: each for name in _parts_of(kind) if isinstance(each := getattr(value, name), str) and each}
    if not ILLEGAL.search("".join(said.values())):
        return field
    cleaned = {name: legal(each) for name, each in said.items()}
    return field._replace(value=dataclasses.replace(value, **cleaned))


@cache
def _parts_of(kind: type[object]) -> tuple[str, ...]:
    """The names of what a kind of value says."""
    return tuple(part.name for part in dataclasses.fields(kind))  # type: ignore[arg-type]


def _dropped_characters(text: str) -> Iterator[Notice]:
    places = [Passage.whole(text).group(match) for match in ILLEGAL.finditer(text)]
    if places:
        named = ", ".join(
            f"U+{ord(place.text):04X} at character {place.start} (line {place.line_number})"
            for place in islice(places, _POSITIONS_NAMED)
        )
        more = f" and {len(places) - _POSITIONS_NAMED} more" if len(places) > _POSITIONS_NAMED else ""
        yield Notice(
            f"The file holds control characters that cannot be published: {named}{more}. "
            "They are kept in the file and left out of the values.",
            places[0].span,
        )


def _unclassified(text: str, segments: tuple[Segment, ...]) -> Iterator[Notice]:
    for segment in segments:
        if segment.role is Role.UNCLASSIFIED:
            line = Passage(text, segment.span.start, segment.span.end).line_number
            yield Notice(f"Line {line}: no rule knows what these words are; they are kept as they stand.", segment.span)
