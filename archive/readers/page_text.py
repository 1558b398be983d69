"""Reads a page saved as plain text, with the site's furniture and with most labels lost.

``Skip to content``, date, title, the document, a summary in one line, ``Document Information``, the archival
reference, rights, and labels that often have no value left. What a line is, its place tells: the first is the
date, the second the title, the last before "Document Information" the summary, if it is a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archive.drafts import Draft, EmptyLabel, Field, Notice, OriginalLanguage, RecordId, Rights, Role, Statement, Value
from archive.readers import descriptions
from archive.readers.drafting import draft
from archive.readers.editorial import redactions
from archive.readers.passages import Passage
from archive.readers.references import provenance
from archive.readers.refusals import sign_of_a_list
from archive.readers.segments import Claim
from archive.readers.source import Source
from archive.readers.telegrams import telegram
from archive.readers.text_language import language_of

_CHROME = "Skip to content"
_INFORMATION = re.compile(r"^[ \t]*(?P<line>Document Information)[ \t]*\r?$", re.MULTILINE)
_RIGHTS = re.compile(r"\bcopyright|\brights\b|\breuse\b|\blicen[cs]e", re.IGNORECASE)
_RECORD_ID = re.compile(r"[0-9]{1,20}")
#: A longer line in the title's place is the document's own.
_LONGEST_TITLE = 300
#: A summary is a sentence: this many words, and an end.
_FEWEST_WORDS = 5
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")


class TextPage:
    """Layout with chrome and lost labels; see the module."""

    name = "page_text"
    version = "1"

    def recognises(self, source: Source) -> bool:
        """Whether two of three marks are there: the chrome, a date in the first line after it, the heading.

        The first two alone may also begin a list of documents.
        """
        lines = Passage.whole(source.text[:2000]).lines()[:2]
        chrome = bool(lines) and lines[0].text == _CHROME
        first = lines[1:2] if chrome else lines[:1]
        dated = bool(first) and descriptions.date(first[0], first[0]) is not None
        if _INFORMATION.search(source.text):
            return chrome or dated
        return chrome and dated and not sign_of_a_list(Passage.whole(source.text))

    def read(self, source: Source) -> Iterator[Draft]:
        """The one document of the page."""
        yield draft(source, _claims(Passage.whole(source.text)))


def _claims(page: Passage) -> Iterator[Claim]:
    heading = _INFORMATION.search(page.text)
    upper = page.part(0, heading.start() if heading else len(page.text))
    information = tuple(_information(page.part(heading.end(), len(page.text)))) if heading else ()
    head, rest = _head(upper, language_of(page.text))
    yield from head
    if heading:
        yield Claim(Role.CHROME, page.group(heading, "line"))
        summary = _summary(rest)
        if summary:
            yield descriptions.summary(
                summary,
                language=language_of(page.text),
                inferred="a summary by its place, the last line before “Document Information”",
            )
            rest = rest.part(0, summary.span.start - rest.span.start)
    body = rest.trimmed()
    if not body.blank:
        near = next((edtf for claim in head if (edtf := descriptions.edtf_of(claim))), "")
        text = descriptions.text(body, original=_original(information))
        claim = telegram(body, text, near=near)
        yield claim if heading else replace(claim, notices=(*claim.notices, _without_heading(body)))
    yield from information


def _without_heading(body: Passage) -> Notice:
    return Notice(
        "The file has no line “Document Information”. If it holds a summary, an archival reference or rights, "
        "they stand at the end of the text; look whether the file is whole.",
        body.span,
    )


def _head(upper: Passage, language: str) -> tuple[tuple[Claim, ...], Passage]:
    """The claims on chrome, date and title, and the passage after them."""
    lines = list(upper.lines())
    claims: list[Claim] = []
    if lines and lines[0].text == _CHROME:
        claims.append(Claim(Role.CHROME, lines.pop(0)))
    date = descriptions.date(lines[0], lines[0]) if lines else None
    if date:
        claims.append(date)
        lines.pop(0)
    if lines and len(lines[0].text) <= _LONGEST_TITLE:
        claims.append(descriptions.title(lines[0], lines[0], language=language))
    start = claims[-1].passage.span.end - upper.span.start if claims else 0
    return tuple(claims), upper.part(start, len(upper.text))


def _summary(rest: Passage) -> Passage | None:
    """The last line, if it is a sentence and does not stand alone."""
    lines = rest.lines()
    if len(lines) < 2:
        return None
    words = lines[-1].text
    return lines[-1] if len(words.split()) >= _FEWEST_WORDS and _SENTENCE_END.search(words) else None


@dataclass(frozen=True, slots=True)
class _Part:
    """A label, or None where it is lost, and the lines under it."""

    label: Passage | None
    lines: tuple[Passage, ...]


def _information(passage: Passage) -> Iterator[Claim]:
    for part in _parts(passage):
        if part.label is None:
            yield from _unlabelled(part.lines)
        elif not part.lines:
            yield Claim(Role.LABEL, part.label, (part.label.says(EmptyLabel(_label(part.label))),))
        else:
            yield Claim(Role.LABEL, part.label)
            yield from _UNDER_LABEL[_label(part.label)](part.lines)


def _parts(passage: Passage) -> Iterator[_Part]:
    label, lines = None, list[Passage]()
    for line in passage.lines():
        if _label(line) in _UNDER_LABEL:
            yield _Part(label, tuple(lines))
            label, lines = line, []
        else:
            lines.append(line)
    yield _Part(label, tuple(lines))


def _label(line: Passage) -> str:
    return line.text.removesuffix(":")


def _unlabelled(lines: tuple[Passage, ...]) -> Iterator[Claim]:
    """Archival references up to the first line about rights, and the rights from there on."""
    first = next((place for place, line in enumerate(lines) if _RIGHTS.search(line.text)), len(lines))
    yield from _source(lines[:first])
    last = max((place for place, line in enumerate(lines) if _RIGHTS.search(line.text)), default=-1)
    yield from _rights(lines[first : last + 1])


def _source(lines: tuple[Passage, ...]) -> Iterator[Claim]:
    for line in lines:
        kept = tuple(provenance(line))
        if kept:
            yield Claim(Role.FIELD, line, kept)


def _rights(lines: tuple[Passage, ...]) -> Iterator[Claim]:
    """One statement, however many paragraphs it has."""
    if lines:
        words = lines[0].until(lines[-1])
        yield Claim(Role.FIELD, words, (words.says(Rights(words.text)),), tuple(redactions(words)))


def _record_id(lines: tuple[Passage, ...]) -> Iterator[Claim]:
    if _RECORD_ID.fullmatch(lines[0].text):
        yield Claim(Role.FIELD, lines[0], (lines[0].says(RecordId(lines[0].text)),))


def _language(lines: tuple[Passage, ...]) -> Iterator[Claim]:
    yield descriptions.original_languages(lines[0])


def _statements(term: str) -> Callable[[tuple[Passage, ...]], Iterator[Claim]]:
    def read(lines: tuple[Passage, ...]) -> Iterator[Claim]:
        for line in lines:
            yield Claim(Role.FIELD, line, (line.says(Statement(term, line.text)),))

    return read


_UNDER_LABEL: dict[str, Callable[[tuple[Passage, ...]], Iterator[Claim]]] = {
    "Author(s)": _statements("creator"),
    "Associated People & Organizations": _statements("subject"),
    "Associated Places": _statements("spatial"),
    "Associated Topics": _statements("subject"),
    "Subjects Discussed": _statements("subject"),
    "Source": _source,
    "Original Archive": _source,
    "Rights": _rights,
    "Original Uploaded Date": _statements("available"),
    "Type": _statements("type"),
    "Language": _language,
    "Record ID": _record_id,
}


def _original(claims: tuple[Claim, ...]) -> str:
    fields: Iterator[Field[Value]] = (field for claim in claims for field in claim.fields)
    return next((field.value.tag for field in fields if isinstance(field.value, OriginalLanguage)), "")
