"""The information at the foot of a page: archival references, rights, people, places, topics, the record's id.

Each part stands under its label, or beside it after a colon. Labels may have lost their values and values their
labels: what stands before the first label is the archival reference, and rights from the first line that speaks of
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.drafts import Contribution, EmptyLabel, Field, RecordId, Rights, Role, Statement, Subject, Value
from archive.readers import descriptions
from archive.readers.credits import credits_in
from archive.readers.editorial import redactions
from archive.readers.passages import Passage
from archive.readers.references import provenance
from archive.readers.segments import Claim

_RIGHTS = re.compile(r"\bcopyright|\brights\b|\breuse\b|\blicen[cs]e", re.IGNORECASE)
_RECORD_ID = re.compile(r"[0-9]{1,20}")
_LABEL = re.compile(r"(?P<label>[A-Z][\w&() ]{2,40}?)(?:[ \t]*:[ \t]*(?P<value>.*))?", re.DOTALL)
#: Words that stand for a value that nobody has entered.
_NOTHING = frozenset({"-", "–", "—", "n/a", "none", "unknown"})

_Lines = tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A label, or None where it is lost, and the lines under it."""

    label: Passage | None
    lines: _Lines


def information(passage: Passage) -> Iterator[Claim]:
    """The claims on the information at the foot of a page."""
    for part in _parts(passage):
        if part.label is None:
            yield from _unlabelled(part.lines)
        elif not part.lines:
            yield Claim(Role.LABEL, part.label, (part.label.says(EmptyLabel(part.label.text.rstrip(": \t"))),))
        else:
            yield Claim(Role.LABEL, part.label)
            yield from _UNDER_LABEL[_label(part.label)](part.lines)


def begins(page: Passage) -> int | None:
    """Where the information begins in a page that has no heading for it.

    Two labels that no telegram would hold, each on a line of its own, tell it; else None.
    """
    labels = [line for line in page.lines() if line.text.rstrip(": \t") in _UNMISTAKABLE]
    return labels[0].start - page.start if len(labels) > 1 else None


def _parts(passage: Passage) -> Iterator[_Part]:
    label, lines = None, list[Passage]()
    for line in passage.lines():
        if _label(line) not in _UNDER_LABEL:
            lines.append(line)
            continue
        yield _Part(label, tuple(lines))
        label, value = _parted(line)
        lines = [value] if value else []
    yield _Part(label, tuple(lines))


def _label(line: Passage) -> str:
    """The label that the line is or begins with, or empty."""
    match = _LABEL.fullmatch(line.text)
    return match["label"] if match else ""


def _parted(line: Passage) -> tuple[Passage, Passage | None]:
    """The label of a line, with its colon, and the value after it on the same line, if there is one."""
    match = _LABEL.fullmatch(line.text)
    if match is None or not match["value"]:
        return line, None
    return line.part(0, match.start("value")).trimmed(), line.group(match, "value")


def _unlabelled(lines: _Lines) -> Iterator[Claim]:
    """Archival references up to the first line about rights, and the rights from there on."""
    spoken = [place for place, line in enumerate(lines) if _RIGHTS.search(line.text)]
    first, last = (spoken[0], spoken[-1]) if spoken else (len(lines), -1)
    yield from _source(lines[:first])
    yield from _rights(lines[first : last + 1])


def _source(lines: _Lines) -> Iterator[Claim]:
    """Archival references, and the credits that follow them in the same line."""
    for line in lines:
        told = tuple(credits_in(line))
        references = line.part(0, told[0][0].start - line.start) if told else line
        kept: tuple[Field[Value], ...] = (
            *provenance(references),
            *(each for _, fields in told for each in fields),
        )
        if kept:
            yield Claim(Role.FIELD, line, kept)


def _rights(lines: _Lines) -> Iterator[Claim]:
    """One statement, however many paragraphs it has."""
    if lines:
        words = lines[0].until(lines[-1])
        yield Claim(Role.FIELD, words, (words.says(Rights(words.text)),), tuple(redactions(words)))


def _record_id(lines: _Lines) -> Iterator[Claim]:
    if _RECORD_ID.fullmatch(lines[0].text):
        yield Claim(Role.FIELD, lines[0], (lines[0].says(RecordId(lines[0].text)),))


def _language(lines: _Lines) -> Iterator[Claim]:
    yield descriptions.original_languages(lines[0])


def _each(value: Callable[[str], Value]) -> Callable[[_Lines], Iterator[Claim]]:
    """One value for each line."""

    def read(lines: _Lines) -> Iterator[Claim]:
        for line in lines:
            if line.text.casefold() not in _NOTHING:
                yield Claim(Role.FIELD, line, (line.says(value(line.text)),))

    return read


_UNDER_LABEL: dict[str, Callable[[_Lines], Iterator[Claim]]] = {
    "Author(s)": _each(lambda name: Contribution("author", name, name)),
    "Associated People & Organizations": _each(lambda name: Subject("agent", name)),
    "Associated Places": _each(lambda name: Subject("place", name)),
    "Associated Topics": _each(lambda name: Subject("concept", name)),
    "Subjects Discussed": _each(lambda name: Subject("concept", name)),
    "Related Documents": _each(lambda words: Statement("relation", words)),
    "Source": _source,
    "Original Archive": _source,
    "Rights": _rights,
    "Original Uploaded Date": _each(lambda words: Statement("available", words)),
    "Type": _each(lambda words: Statement("type", words)),
    "Language": _language,
    "Record ID": _record_id,
}
#: Labels that no telegram has as a line of its own; "Source", "Type", "Rights" and "Language" it might.
_UNMISTAKABLE = frozenset(_UNDER_LABEL) - {"Source", "Type", "Rights", "Language"}
