"""Marks: the text of a source cut where something was understood of it, ready to be shown.

The segments of a draft are a partition of the source; the fields lie over them and may overlap one another. So
each segment is cut into pieces at every place where a field begins or ends, and a piece knows the fields
that were read from it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from archive.drafts import Role

#: What each role is called in the legend and in the text, and what it means.
LEGEND = {
    Role.FIELD: ("field", "A value was read from these words; the number is that of the table."),
    Role.BODY: ("document", "The text of the document itself."),
    Role.LABEL: ("label", "Words that only name what follows them."),
    Role.CHROME: ("web page", "Furniture of the page that the file was saved from."),
    Role.UNCLASSIFIED: ("not understood", "No rule claimed these words. They are kept with the original."),
}

#: Parts of values whose names in the code say little to archivists.
_PARTS = {
    "edtf": "date",
    "tag": "language",
    "delo": "delo (file)",
    "papka": "papka (folder)",
    "listy": "listy (leaves)",
}

#: Characters of a source that are shown at once; a page of more serves nobody.
SHOWN = 200_000


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field as the table shows it; ``number`` is the one in the text."""

    number: int
    name: str
    values: tuple[tuple[str, str], ...]
    verbatim: str
    position: str
    inferred: str
    notices: tuple[str, ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with the same fields over them; ``begins`` are the fields that begin here."""

    words: str
    fields: tuple[FieldRow, ...]
    begins: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One segment; ``label`` is empty where nothing is to be said of it."""

    role: str
    label: str
    pieces: tuple[Piece, ...]


def field_rows(text: str, understood: Mapping[str, Any]) -> list[FieldRow]:
    """The fields of an item in their order, each with the notices about its words."""
    notices = understood.get("notices", [])
    return [
        FieldRow(
            number=number,
            name=field["field"].replace("_", " "),
            values=tuple(_values(field["value"])),
            verbatim=field["verbatim"],
            position=_position(text, field),
            inferred=field["inferred"],
            notices=tuple(n["message"] for n in notices if _within(n["span"], field["span"])),
            marked=bool(field["span"]) and field["span"][0] < min(len(text), SHOWN),
        )
        for number, field in enumerate(understood.get("fields", []), start=1)
    ]


def other_notices(understood: Mapping[str, Any]) -> list[str]:
    """The notices that are about no single field."""
    fields = understood.get("fields", [])
    return [
        notice["message"]
        for notice in understood.get("notices", [])
        if not any(_within(notice["span"], field["span"]) for field in fields)
    ]


def stretches(text: str, understood: Mapping[str, Any], rows: Sequence[FieldRow]) -> Iterator[Stretch]:
    """The source in its segments, up to SHOWN characters; a source of which nothing was understood is one stretch."""
    shown = text[:SHOWN]
    spans = [(row, field["span"]) for row, field in zip(rows, understood.get("fields", []), strict=True)]
    placed = [(row, span[0], span[1]) for row, span in spans if span]
    cuts = sorted({place for _, start, end in placed for place in (start, end)})
    for role, start, end in understood.get("segments") or [["", 0, len(text)]]:
        if start < len(shown):
            end = min(end, len(shown))
            label = LEGEND[role][0] if role in LEGEND else ""
            yield Stretch(
                role, label, tuple(_pieces(shown, start, end, cuts, placed, whole_is_plain=role == Role.BODY))
            )


def _pieces(
    text: str,
    start: int,
    end: int,
    cuts: Sequence[int],
    placed: Sequence[tuple[FieldRow, int, int]],
    *,
    whole_is_plain: bool,
) -> Iterator[Piece]:
    """One segment in pieces. In the body of a document the field that is all of it marks nothing."""
    inner = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
    near = [each for each in placed if each[1] <= end and start <= each[2]]
    within = [each for each in near if not (each[1] <= start and end <= each[2])] if whole_is_plain else near
    for first, last in pairwise([start, *inner, end]):
        yield Piece(
            text[first:last],
            tuple(row for row, begin, stop in within if begin <= first and last <= stop),
            tuple(row for row, begin, _ in near if begin == first),
        )


def _values(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The parts of a value that say something; a value of one part needs no name for it."""
    said = {name: part for name, part in value.items() if part not in ("", None)}
    for name, part in said.items():
        words = {True: "yes", False: "no"}[part] if isinstance(part, bool) else str(part)
        yield ("" if len(said) == 1 else _PARTS.get(name, name.replace("_", " ")), words)


def _position(text: str, field: Mapping[str, Any]) -> str:
    """Where the words stand: line and characters, or the locator of a source that has no running text."""
    if not field["span"]:
        return field["locator"] or "not in the words of the source"
    start, end = field["span"]
    first, last = text.count("\n", 0, start) + 1, text.count("\n", 0, max(start, end - 1)) + 1
    lines = f"line {first}" if first == last else f"lines {first}–{last}"
    return f"{lines}, characters {start:,}–{end:,}"


def _within(inner: Sequence[int] | None, outer: Sequence[int] | None) -> bool:
    return bool(inner and outer and outer[0] <= inner[0] and inner[1] <= outer[1])
