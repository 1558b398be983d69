"""Judging: what kind of question it is, and whether it may run at all.

The query is cut into tokens, because what stands in a string, an address or a comment asks for nothing. The library
would answer most of what is refused here by itself, but for two things: ``SERVICE`` makes it send requests to
wherever a stranger says, and some thousand braces crash it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.conf import conf

#: Levels of brackets of all kinds. Honest questions have ten; the library crashes somewhere above two thousand.
DEPTH = 100
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
#: What changes a store (SPARQL 1.1 Update, section 3).
UPDATES = frozenset(
    ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
)  # fmt: skip
PROLOGUE = frozenset(("BASE", "PREFIX", "VERSION"))

#: SPARQL 1.1 Query, section 19.8. What the grammar calls strings and addresses comes before what could be in them.
TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*'''|\"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
              |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
  | (?P<address><[^<>"{}|^`\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:\w[\w.\-]*)?:(?:[\w:%.\-]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<word>\w+)
  | (?P<sign>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


class RefusedError(Exception):
    """The question is not answered; the message says why, for whoever asked."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Judged:
    """A query that may run."""

    #: One of ``FORMS``.
    form: str

    @property
    def graph(self) -> bool:
        """Whether the answer is a graph, and not rows or a yes or no."""
        return self.form in {"CONSTRUCT", "DESCRIBE"}


def judge(query: str) -> Judged:
    """Look at a query.

    :raises RefusedError: it is no query, too large, nested too deep, or asks for what this site does not do.
    """
    limit = conf().SPARQL_QUERY_SIZE
    if (size := len(query.encode(errors="replace"))) > limit:
        raise RefusedError(f"The query has {size} bytes; this site takes {limit} at most.", status=413)
    if any(0xD800 <= ord(each) <= 0xDFFF for each in query) or "\x00" in query:
        raise RefusedError("The query is no Unicode text.")
    form, depth = "", 0
    for kind, written in _tokens(query):
        if kind == "sign":
            depth += (written in "({[") - (written in ")}]")
            _judge_sign(written, depth)
        elif kind == "word":
            word = written.upper()
            _judge_word(word)
            form = form or _form(word)
    if not form:
        raise RefusedError("There is no query: it should SELECT, ASK, CONSTRUCT or DESCRIBE something.")
    return Judged(form)


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    for match in TOKEN.finditer(query):
        yield match.lastgroup or "", match.group()


def _judge_sign(sign: str, depth: int) -> None:
    if depth > DEPTH:
        raise RefusedError(f"The query is nested more than {DEPTH} levels deep.")
    if sign == "\\":
        raise RefusedError("A backslash stands outside of strings and addresses.")


def _judge_word(word: str) -> None:
    if word == "SERVICE":
        raise RefusedError("SERVICE is not allowed: this site asks no other endpoints.")


def _form(word: str) -> str:
    """The form of the query by its first word after the prologue; empty in the prologue."""
    if word in PROLOGUE:
        return ""
    if word in UPDATES:
        raise RefusedError(f"{word} is not allowed: this endpoint answers queries and changes nothing.")
    if word not in FORMS:
        raise RefusedError(f"A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, and not with {word[:40]}.")
    return word
