"""What the text of a telegram says of itself: numbers, stamps, distribution list, editorial brackets.

The text is one contiguous passage of the source. What is read here points into it and takes nothing out.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.drafts import Field, Notice, Role, TextBody, Value
from archive.readers.distribution import distribution_lists
from archive.readers.editorial import editorials, redactions
from archive.readers.numbers import is_heading, numbers
from archive.readers.passages import Passage
from archive.readers.segments import Claim
from archive.readers.stamps import Stamp, is_stamp, stamps

#: A line of this many characters is a sentence of the letter, not a stamp or a signature.
_SENTENCE = 80


def telegram(body: Passage, text: Field[TextBody], *, near: str = "") -> Claim:
    """The claim on the text of a document, with all that it says of itself.

    ``near`` is the date of the document in EDTF, from which stamps take the year that they leave out.
    """
    lists = tuple(distribution_lists(body))
    closing = _closing(body, tuple(each.passage for each in lists))
    marks = stamps(body, closing, near=near)
    fields: tuple[Field[Value], ...] = (
        text,
        *numbers(body, closing),
        *(mark.field for mark in marks),
        *(each.field() for each in lists),
        *(recipient for each in lists for recipient in each.recipients),
        *editorials(body),
    )
    notices = (
        *(notice for each in lists for notice in each.notices()),
        *(notice for mark in marks for notice in _doubts(body, mark)),
        *redactions(body),
    )
    return Claim(Role.BODY, body, fields, notices)


def begins_telegram(line: Passage) -> bool:
    """Whether a telegram may begin with this line: its heading with its number, or a stamp."""
    return is_heading(line.text) or is_stamp(line.text)


def _closing(body: Passage, lists: tuple[Passage, ...]) -> Passage:
    """The part of the text after its last sentence: signature, number, date.

    A telegram so short that no line of it is a sentence closes in its second half.
    """
    sentences = (
        line.end - body.start
        for line in reversed(body.lines())
        if line.end - line.start >= _SENTENCE and not any(each.span.covers(line.span) for each in lists)
    )
    end = len(body.text)
    middle = body.text.find("\n", end // 2)
    return body.part(next(sentences, end if middle < 0 else middle), end)


def _doubts(body: Passage, mark: Stamp) -> Iterator[Notice]:
    span = mark.field.span
    if mark.doubt and span:
        line = Passage(body.source, span.start, span.end).line_number
        yield Notice(f"Line {line}: {mark.doubt}. Look at the stamp and correct the date if need be.", span)
