"""Marks: what was typed, cut into words, quotations, parentheses, operators and fields, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.search.syntax.fields import FIELDS
from archive.search.syntax.trouble import QueryError

_OPENING, _CLOSING = '"“”„«»', '"“”„«»'
_MARK = re.compile(
    rf"""(?P<blank>\s+)
    |(?P<open>\()|(?P<close>\))
    |[{_OPENING}](?P<quoted>[^{_CLOSING}]*)(?P<quote_end>[{_CLOSING}]|\Z)
    |(?P<field>[A-Za-z]+):(?=[^\s/)])
    |(?P<word>(?:[^\s(){_OPENING}])+)""",
    re.VERBOSE,
)
OPERATORS = {"AND", "OR", "NOT"}


@dataclass(frozen=True, slots=True)
class Mark:
    """``kind`` is open, close, quoted, field, word, AND, OR or NOT; ``text`` begins at ``start``."""

    kind: str
    text: str
    start: int
    end: int


def marks(typed: str) -> Iterator[Mark]:
    """Everything in what was typed but the blanks.

    :raises QueryError: for a field that there is not.
    """
    at = 0
    while at < len(typed):
        found = _MARK.match(typed, at)
        if found is None:  # only a lone colon or the like, which means nothing
            at += 1
            continue
        at = found.end()
        kind = found.lastgroup or ""
        if kind == "quote_end":
            yield Mark("quoted", found["quoted"], found.start("quoted"), found.end("quoted"))
        elif kind == "field":
            yield from _field(found["field"], found.start(), found.end())
        elif kind == "word":
            yield from _word(found["word"], found.start())
        elif kind != "blank":
            yield Mark(kind, found.group(), found.start(), found.end())


def _field(name: str, start: int, end: int) -> Iterator[Mark]:
    if name.lower() not in FIELDS:
        message = _("There is no field “%(name)s”. There are: %(fields)s.")
        raise QueryError(message % {"name": name, "fields": ", ".join(FIELDS)}, start, end)
    yield Mark("field", name.lower(), start, end)


def _word(word: str, start: int) -> Iterator[Mark]:
    """A word, an operator in capitals, or a word that a minus sign before it takes away."""
    if word in OPERATORS:
        yield Mark(word, word, start, start + len(word))
    elif len(word) > 1 and word[0] == "-" and word[1].isalnum():
        yield Mark("NOT", "-", start, start + 1)
        # What follows may begin with a field.
        for each in marks(word[1:]):
            yield Mark(each.kind, each.text, each.start + start + 1, each.end + start + 1)
    else:
        yield Mark("word", word, start, start + len(word))
