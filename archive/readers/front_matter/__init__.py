"""Reads Markdown and plain text under a front matter: properties of Dublin Core between two lines of hyphens.

``---``, then ``title: …``, ``date: 1950-10-13``, ``subject: [one, two]`` in YAML, then ``---``, then the text. The
words for properties are those of the columns of tables, with a language after an at sign (``title@ru``) or below the
property (``title: {en: …, ru: …}``); ``language`` is that of the text. The text is kept as it stands, Markdown and all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

from archive import drafts
from archive.drafts import Draft, Field, Identity, Notice, Role, Span, Value
from archive.readers import descriptions, drafting
from archive.readers.front_matter.entries import Entry, entries_of
from archive.readers.passages import Passage
from archive.readers.refused import BrokenSource
from archive.readers.segments import Claim
from archive.readers.source import Source
from archive.readers.tables import fields
from archive.readers.tables.mapping import ColumnMapping
from archive.readers.tables.records import Record, RowRefused
from archive.readers.telegrams import telegram
from archive.readers.text_language import contradiction
from archive.vocab.languages import tag_of

V = TypeVar("V", bound=Value)

__all__ = ["FrontMatter"]

#: More than this is no front matter.
_LIMIT = 64 * 1024
_FENCED = re.compile(r"\A\ufeff?(?P<open>---)[ \t]*\r?\n(?P<matter>.*?)^(?P<close>---|\.\.\.)[ \t]*\r?$", re.M | re.S)
#: A record id stands with its system within an identity; an archive's own files need not name one.
_SYSTEM = "local"
#: The separator of values in a cell. YAML has lists, so that nothing needs to be parted, and no value holds this.
_NONE = "\x00"


class FrontMatter:
    """Text under a front matter; see the module."""

    name = "front_matter"
    version = "1"

    def recognises(self, source: Source) -> bool:
        """Whether the file begins with a line of three hyphens, and another one follows."""
        return _FENCED.match(source.text[:_LIMIT]) is not None

    def read(self, source: Source) -> Iterator[Draft]:
        """The one document of the file.

        :raises BrokenSource: where the front matter is not YAML, or says what no document can have.
        """
        page = Passage.whole(source.text)
        fenced = _FENCED.match(page.text[:_LIMIT])
        if fenced is None:
            raise BrokenSource(f"{source.name} has no front matter.")
        matter = page.group(fenced, "matter")
        entries = entries_of(source.name, matter)
        found = _found(source, entries)
        told = tuple(each for each in found if isinstance(each, Field))
        fences = tuple(Claim(Role.CHROME, page.group(fenced, name)) for name in ("open", "close"))
        text = _text(page.part(fenced.end(), len(page.text)), entries, told)
        made = drafting.draft(source, (*fences, *_claims(matter, entries, told), *text))
        yield replace(
            made,
            identity=_identity(made, entries, told),
            # What several values say together, an archival reference by its levels, stands in no one place.
            fields=(*(each for each in told if each.span is None), *made.fields),
            notices=(*(each for each in found if isinstance(each, Notice)), *_unknown(entries), *made.notices),
        )


def _found(source: Source, entries: tuple[Entry, ...]) -> tuple[Field[Value] | Notice, ...]:
    """What the values say, each with its place."""
    record = Record(source, ColumnMapping(separator=_NONE), tuple(e for e in entries if e.column.field != "ignore"))
    readers = (read for read in fields.ALL if read is not fields.unknown)
    try:
        found = tuple(chain.from_iterable(read(record) for read in readers))
    except RowRefused as refusal:
        raise BrokenSource(f"{source.name}, {refusal}") from refusal
    entry_at = {entry.locator: entry for entry in entries}
    return tuple(_placed(each, entry_at) if isinstance(each, Field) else each for each in found if not _no_title(each))


def _no_title(found: Field[Value] | Notice) -> bool:
    """Whether it is the notice that a row has no title: a draft of a text says so in words of its own."""
    return isinstance(found, Notice) and "gives no title" in found.message


def _placed(field: Field[Value], entry_at: dict[str, Entry]) -> Field[Value]:
    entry = entry_at.get(field.locator)
    if entry:
        return field._replace(verbatim=entry.value.text, span=entry.value.span, locator="")
    together = [entry_at[each] for each in field.locator.split("; ") if each in entry_at]
    return field._replace(locator=", ".join(f"line {each.value.line_number}" for each in together))


def _claims(matter: Passage, entries: tuple[Entry, ...], told: tuple[Field[Value], ...]) -> Iterator[Claim]:
    """The values, and as labels all that stands between them: properties, brackets, and what has no value."""
    by_span: dict[Span, list[Field[Value]]] = {}
    for each in told:
        if each.span:
            by_span.setdefault(each.span, []).append(each)
    reached = 0
    for entry in sorted(entries, key=lambda each: each.value.span):
        start = entry.value.span.start - matter.span.start
        yield from _label(matter.part(reached, max(reached, start)))
        yield Claim(Role.FIELD, entry.value, tuple(by_span.pop(entry.value.span, ())))
        reached = entry.value.span.end - matter.span.start
    yield from _label(matter.part(reached, len(matter.text)))


def _label(gap: Passage) -> Iterator[Claim]:
    if not gap.blank:
        yield Claim(Role.LABEL, gap.trimmed())


def _text(rest: Passage, entries: tuple[Entry, ...], told: tuple[Field[Value], ...]) -> Iterator[Claim]:
    """The text below the front matter; a language that the front matter declares wins over a detector's."""
    body = rest.trimmed()
    if body.blank:
        return
    date = _first(told, drafts.DocumentDate)
    original = _first(told, drafts.OriginalLanguage)
    text = descriptions.text(body, kind=_kind(told), original=original.tag if original else "")
    language = _declared(entries)
    doubt = contradiction(body.text, language)
    if language:
        kind = "translation" if original and original.tag not in ("und", language) else _kind(told)
        text = body.says(drafts.TextBody(body.text, kind, language))
    claim = telegram(body, text, near=date.edtf if date else "")
    notices = (Notice(f"Line {body.line_number}: {doubt}.", body.span),) if doubt else ()
    yield replace(claim, notices=(*claim.notices, *notices))


def _first(told: tuple[Field[Value], ...], kind: type[V]) -> V | None:
    return next((each.value for each in told if isinstance(each.value, kind)), None)


def _kind(told: tuple[Field[Value], ...]) -> str:
    roles = {each.value.role for each in told if isinstance(each.value, drafts.Contribution)}
    return "translation" if "translator" in roles else "transcript"


def _said(entries: tuple[Entry, ...], heading: str) -> str:
    return next((entry.words for entry in entries if entry.column.heading.casefold() == heading), "")


def _declared(entries: tuple[Entry, ...]) -> str:
    words = _said(entries, "language")
    return tag_of(words) or words


def _unknown(entries: tuple[Entry, ...]) -> Iterator[Notice]:
    for entry in entries:
        if not entry.column.field:
            yield Notice(
                f"Line {entry.key.line_number}: “{entry.column.heading}” is no property that we know; "
                "the file keeps what it says.",
                entry.value.span,
            )
        elif entry.column.doubt:
            yield Notice(f"Line {entry.key.line_number}: {entry.column.doubt}.", entry.key.span)


def _identity(made: Draft, entries: tuple[Entry, ...], told: tuple[Field[Any], ...]) -> Identity:
    record = _first(told, drafts.RecordId)
    return Identity("record", f"{_said(entries, 'system') or _SYSTEM}/{record.value}") if record else made.identity
