"""Mending of pages that are not well-formed XML: what can be done without guessing.

Control characters are what most often breaks a page (they come out of databases and word processors); they mean
nothing, so they are taken out. Where that does not help, the page is cut at its records, and each is read alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from archive.vocab.characters import ILLEGAL, legal

_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
_DECLARED = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]{0,200}\?>"""
)
_PROLOG = re.compile(r"\A\ufeff?\s*<\?xml[^>]{0,400}\?>")
_RECORD = re.compile(r"<(/?)(?:[A-Za-z_][\w.-]*:)?record(?:\s[^<>]*)?>")
_TOKEN = re.compile(r"<(/?)(?:[A-Za-z_][\w.-]*:)?resumptionToken(?:\s[^<>]*)?>")
_IDENTIFIER = re.compile(r"<(?:[\w.-]+:)?identifier>\s*([^<]{1,500}?)\s*</")
#: Identifiers that are named; a page may be damaged in every record.
_NAMED = 20
#: Characters around the records of a page: more, and reading each record with them would take too long.
_AROUND = 64 * 1024


@dataclass(frozen=True, slots=True)
class Mended:
    """A page in UTF-8 with what XML cannot carry taken out, and in which records that was."""

    content: bytes
    removed: int
    identifiers: tuple[str, ...]
    undecodable: bool

    @property
    def changed(self) -> bool:
        """Whether anything was done."""
        return bool(self.removed or self.undecodable)

    @property
    def told(self) -> str:
        """What was done, in words."""
        removed = f"{self.removed} characters that XML cannot carry were taken out" if self.removed else ""
        replaced = "bytes that are no characters were replaced by �" if self.undecodable else ""
        return " and ".join(filter(None, (removed, replaced))) or "nothing could be mended"


@dataclass(frozen=True, slots=True)
class Alone:
    """One record within the page's first and last words; ``identifier`` as far as it can be made out."""

    content: bytes
    identifier: str


@dataclass(frozen=True, slots=True)
class Separated:
    """A page cut at its records."""

    without_records: bytes
    records: tuple[Alone, ...]


def mended(content: bytes) -> Mended:
    """A page in UTF-8, without characters, and references to characters, that XML 1.0 does not have (section 2.2)."""
    text, undecodable = _decoded(content)
    bad = [match.start() for match in ILLEGAL.finditer(text)]
    bad += [match.start() for match in _REFERENCE.finditer(text) if not _stands_for_legal(match)]
    bad.sort()
    cured = _REFERENCE.sub(lambda match: match[0] if _stands_for_legal(match) else "", legal(text))
    return Mended(_PROLOG.sub("", cured).encode(), len(bad), tuple(_holding(text, bad)), undecodable)


def _decoded(content: bytes) -> tuple[str, bool]:
    declared = _DECLARED.match(content)
    try:
        return content.decode(declared[1].decode() if declared else "utf-8"), False
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", errors="replace"), True


def _stands_for_legal(match: re.Match[str]) -> bool:
    number = int(match[1], 16) if match[1] else int(match[2])
    return 0 < number < 0x110000 and not ILLEGAL.match(chr(number))


def _holding(text: str, places: list[int]) -> Iterator[str]:
    """The identifiers of the records that hold these places, which are in order; the first few."""
    if not places:
        return
    named = 0
    for start, end in _records(text):
        nearest = bisect_left(places, start)
        if nearest < len(places) and places[nearest] < end and named < _NAMED:
            named += 1
            yield _identifier(text, start, end)


def _records(text: str) -> Iterator[tuple[int, int]]:
    """Where the records stand: from each that begins to the next that ends, in one pass however they are mangled."""
    start: int | None = None
    for match in _RECORD.finditer(text):
        if not match[1]:
            start = match.start() if start is None else start
        elif start is not None:
            yield start, match.end()
            start = None


def _identifier(text: str, start: int, end: int) -> str:
    found = _IDENTIFIER.search(text, start, end)
    return legal(found[1]) if found else ""


def separated(content: bytes) -> Separated | None:
    """A page cut at its records; None where none can be told apart."""
    text = content.decode()
    places = list(_records(text))
    if not places:
        return None
    head, tail = text[: places[0][0]], text[places[-1][1] :]
    if len(head) + len(tail) > _AROUND:
        return None
    end = _without_token(tail)
    records = tuple(Alone(f"{head}{text[a:b]}{end}".encode(), _identifier(text, a, b)) for a, b in places)
    return Separated(f"{head}{tail}".encode(), records)


def _without_token(tail: str) -> str:
    """The end of a page without its resumptionToken, which stands once in a page."""
    marks = list(_TOKEN.finditer(tail))
    return tail[: marks[0].start()] + tail[marks[-1].end() :] if len(marks) == 2 else tail
