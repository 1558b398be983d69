"""Numbers of telegrams: the document's own, the receiving registry's, the sender's at the end, and cited ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.drafts import Field, Number
from archive.readers.passages import Passage, lines_at, lines_with, places_of

_VALUE = r"\s*(?P<value>[0-9]{1,12}(?![0-9])(?:[/-]\w{1,12}){0,3})"
_NUMBER = rf"(?:No\.|Nr\.|№|\#){_VALUE}"
#: A heading: "Ciphered Telegram # 25629", "Special No. 62", "From BEIJING No. 1309 20 hours 05".
_HEADING = re.compile(
    r"^[ \t]*(?:(?:(?:ciphered|coded|special|issuing|incoming|outgoing|telegram|cable|message)[ \t]{1,9}){1,4}"
    rf"{_NUMBER}[ \t]*\r?$|From[ \t]+[\w .-]{{1,40}}?[ \t]+{_NUMBER.replace('value', 'of_sender')}\b)",
    re.IGNORECASE | re.MULTILINE,
)
_ALONE = re.compile(rf"^[ \t]*(?P<number>{_NUMBER})[ \t]*\r?$", re.MULTILINE)
#: The same anywhere in a sentence.
_ANYWHERE = re.compile(rf"(?:[Nn][OoRr]\.|[№\#]){_VALUE}")
#: One of these stands before every number, or one of these abbreviations with a full stop.
_MARKS = ("№", "#")
_ABBREVIATIONS = frozenset(f"{n}{o}" for n in "Nn" for o in "OoRr")
#: What stands before a number that is cited, read from its end.
_CITING = re.compile(r"\b(?:my|your|our|incoming|outgoing|telegrams?|cables?|letters?|message)\Z", re.IGNORECASE)
_LONGEST_CITING = len("telegrams")
_RECEIVED = re.compile(r"^[ \t]*Received\b", re.MULTILINE)


def numbers(body: Passage, closing: Passage) -> Iterator[Field[Number]]:
    """The numbers in a telegram; ``closing`` is the part of it after the last sentence.

    The heading of a telegram that bears a "Received" stamp was written by the receiving registry, and so was
    its number. A number alone on a line of the closing is the sender's.
    """
    marks = _marks(body.text)
    headings = tuple(_headings(body, marks))
    yield from headings
    for _, match in closing.all(_ALONE):
        yield closing.group(match, "number").says(Number(match["value"], "closing"))
    for cited, match in body.all_at(_ANYWHERE, marks):
        named = any(heading.span and heading.span.covers(cited.span) for heading in headings)
        if not named and _is_cited(body.text, match.start()):
            yield cited.says(Number(match["value"], "cited"))


def _marks(text: str) -> list[int]:
    """Where a number may begin, in order. To look at every full stop takes half as long as to look for eight words."""
    stops = (place - 2 for place in places_of(text, ".") if text[max(0, place - 2) : place] in _ABBREVIATIONS)
    return sorted([*stops, *places_of(text, *_MARKS)])


def _is_cited(text: str, start: int) -> bool:
    """Whether the number that starts there follows words that cite it, with white space between."""
    end = len(text[:start].rstrip())
    return end < start and _CITING.search(text, max(0, end - _LONGEST_CITING), end) is not None


def is_heading(line: str) -> bool:
    """Whether a line is the heading of a telegram, with its number."""
    return _HEADING.fullmatch(line) is not None


def _headings(body: Passage, marks: list[int]) -> Iterator[Field[Number]]:
    """The headings with a number; marks of numbers stand at these places."""
    received = next(body.all_at(_RECEIVED, lines_with(body.text, "Received")), None)
    kind = "incoming" if received else "telegram"
    for found, match in body.all_at(_HEADING, lines_at(body.text, marks)):
        if match["of_sender"]:
            yield found.trimmed().says(Number(match["of_sender"], "telegram"))
        else:
            yield found.trimmed().says(Number(match["value"], kind))
