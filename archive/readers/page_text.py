"""Reads a page saved as plain text, with the site's furniture and with some or most labels lost.

``Skip to content``, date, title, a credit, the document, a summary in one line, ``Document Information``, the
archival reference, rights, and labels that often have no value left. What a line is, its place tells: the first is
the date, the second the title, the last before "Document Information" the summary, if it is a sentence.

Some programs set the summary before the document and once more after it, or only before it; one that stands there
alone is known by the heading of the telegram right after it. Where the two differ the last one wins, for the first
may be that of a related document; it is kept as a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.drafts import Draft, Field, Notice, OriginalLanguage, Role, Statement, Value
from archive.readers import descriptions, information
from archive.readers.credits import credits_in, is_credit
from archive.readers.drafting import draft
from archive.readers.passages import Passage, lines_with
from archive.readers.refusals import sign_of_a_list
from archive.readers.segments import Claim
from archive.readers.source import Source
from archive.readers.telegrams import begins_telegram, telegram
from archive.readers.text_language import language_of
from archive.vocab import dates

_CHROME = "Skip to content"
#: Characters within which a page shows what it is.
_HEAD = 2000
_INFORMATION = re.compile(r"^[ \t]*(?P<line>Document Information)[ \t]*\r?$", re.MULTILINE)
#: A longer line in the title's place is the document's own.
_LONGEST_TITLE = 300
#: A summary is a sentence: this many words, and an end.
_FEWEST_WORDS = 5
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")


class TextPage:
    """Layout with chrome and lost labels; see the module."""

    name = "page_text"
    version = "2"

    def recognises(self, source: Source) -> bool:
        """Whether two of three marks are there: the chrome, a date in the first line after it, the heading.

        The first two alone may also begin a list of documents.
        """
        page = Passage.whole(source.text)
        lines = page.part(0, _HEAD).lines()[:2]
        chrome = bool(lines) and lines[0].text == _CHROME
        first = lines[1:2] if chrome else lines[:1]
        dated = bool(first) and dates.read(first[0].text) is not None
        if _heading(page) or information.begins(page) is not None:
            return chrome or dated
        return chrome and dated and not sign_of_a_list(page)

    def read(self, source: Source) -> Iterator[Draft]:
        """The one document of the page."""
        yield draft(source, _claims(Passage.whole(source.text)))


def _claims(page: Passage) -> Iterator[Claim]:
    upper, heading, lower = _halves(page)
    language = language_of(page.text)
    foot = tuple(information.information(lower))
    head, rest = _head(upper, language)
    yield from head
    yield from heading
    summaries, body = _summaries(rest) if heading or foot else ((), rest)
    yield from _summary_claims(summaries, language)
    body = body.trimmed()
    if not body.blank:
        near = next((edtf for claim in head if (edtf := descriptions.edtf_of(claim))), "")
        text = descriptions.text(body, original=_original(foot))
        claim = telegram(body, text, near=near)
        whole = heading or foot
        yield claim if whole else replace(claim, notices=(*claim.notices, _without_heading(body)))
    yield from foot


def _halves(page: Passage) -> tuple[Passage, tuple[Claim, ...], Passage]:
    """What stands above the document's information, the heading of that information, and what stands below it.

    Where the heading is lost, two of its labels, each alone on its line, do its work.
    """
    heading = _heading(page)
    if heading:
        claim = Claim(Role.CHROME, page.group(heading, "line"))
        return page.part(0, heading.start()), (claim,), page.part(heading.end(), len(page.text))
    end = information.begins(page)
    end = len(page.text) if end is None else end
    return page.part(0, end), (), page.part(end, len(page.text))


def _heading(page: Passage) -> re.Match[str] | None:
    """The heading of the document's information."""
    lines = lines_with(page.text, "Document Information")
    return next((match for _, match in page.all_at(_INFORMATION, lines)), None)


def _summaries(rest: Passage) -> tuple[tuple[Passage, ...], Passage]:
    """The summaries around the document, and the document."""
    last = _summary(rest)
    body = rest.part(0, last.start - rest.start) if last else rest
    lines = body.lines()
    if len(lines) < 2 or not _is_sentence(lines[0]):
        return (last,) if last else (), body
    repeated = last is not None and lines[0].text == last.text
    if not repeated and not begins_telegram(lines[1]):
        return (last,) if last else (), body
    after = body.part(lines[0].end - body.start, len(body.text))
    return (lines[0], last) if last else (lines[0],), after


def _summary_claims(summaries: tuple[Passage, ...], language: str) -> Iterator[Claim]:
    """The last summary is the document's; another one before it says the same or is kept as it stands."""
    if not summaries:
        return
    *before, own = summaries
    yield descriptions.summary(own, language=language, inferred="a summary by its place beside the text")
    for other in before:
        if other.text == own.text:
            yield Claim(Role.FIELD, other)
        else:
            notice = Notice(
                f"Line {other.line_number}: a second summary, of this document or of a related one; "
                "the one after the text was taken.",
                other.span,
            )
            yield Claim(Role.FIELD, other, (other.says(Statement("abstract", other.text, language)),), (notice,))


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
        lines.pop(0)
    if lines and is_credit(lines[0]):
        claims.append(_credit(lines[0]))
    start = claims[-1].passage.end - upper.start if claims else 0
    return tuple(claims), upper.part(start, len(upper.text))


def _credit(line: Passage) -> Claim:
    return Claim(Role.FIELD, line, tuple(each for _, fields in credits_in(line) for each in fields))


def _summary(rest: Passage) -> Passage | None:
    """The last line, if it is a sentence and does not stand alone."""
    lines = rest.lines()
    return lines[-1] if len(lines) > 1 and _is_sentence(lines[-1]) else None


def _is_sentence(line: Passage) -> bool:
    return len(line.text.split()) >= _FEWEST_WORDS and _SENTENCE_END.search(line.text) is not None


def _original(foot: tuple[Claim, ...]) -> str:
    fields: Iterator[Field[Value]] = (field for claim in foot for field in claim.fields)
    return next((field.value.tag for field in fields if isinstance(field.value, OriginalLanguage)), "")
