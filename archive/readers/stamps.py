"""Stamps of a telegram: what was done with it, when, where and by whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from archive.drafts import Event, Field
from archive.readers.passages import Passage, lines_with
from archive.vocab.dates import DATE, TIME, read_moment

_KINDS = {
    "received": "received",
    "arrived": "received",
    "deciphered": "deciphered",
    "decoded": "deciphered",
    "typed": "typed",
    "cabled": "cabled",
}
_WHEN = rf"(?P<when>(?:{TIME}[,\s]+)?(?:on\s+)?{DATE}(?:,?\s+(?:at\s+)?{TIME})?)"
#: The words before the stamp name where the telegram comes from, or the office that it goes to.
_SENT = re.compile(
    r"^(?:(?P<destination>[A-Z][A-Z .'’-]{0,58}[A-Z])[ \t]+(?P<means>Only\ by\ [^\n]{1,60}?)\s*\n\s*)?"
    r"(?:From[ ](?P<place>[^\n.,0-9]{2,40}?)[ .,]+|(?P<office>[A-Z][A-Z .'’-]{0,58}[A-Z])[ \t]+)?"
    rf"(?:Sent|SENT)[ \t]+(?P<note>by[ ]\w+\s+)?(?:on\s+)?{_WHEN}",
    re.MULTILINE,
)
_FROM = re.compile(
    rf"^From[ ](?P<place>[^\n.,0-9]{{2,40}}?)(?:[ ](?:No\.|№|\#)[ ]?[\w/-]+)?[ .,]+{_WHEN}",
    re.MULTILINE,
)
_DONE = re.compile(
    rf"^[ \t]*(?P<verb>Received|Arrived|Deciphered|Decoded|Typed)\b(?P<how>[^\n]{{0,80}}?)\s+(?:on\s+)?{_WHEN}",
    re.MULTILINE,
)
_CABLED = re.compile(
    rf"^[ \t]*(?P<verb>Cabled)\b(?P<how>[^\n0-9]{{1,100}}?)(?:\s+(?:on\s+)?{_WHEN})?\s*$", re.MULTILINE
)
_PHRASE = re.compile(r"\b(?P<word>by|in|at|to)\s+(?P<words>\S.*?)(?=\s+(?:by|in|at|to|for|on)\s|\s*$)", re.DOTALL)
#: "24.III.50 Shtykov", "13.10 [13 October]": a date that closes the telegram, and who signed it.
_CLOSED = re.compile(
    rf"^[ \t]*(?P<stamp>(?P<when>{DATE})(?:[ ]*\[[^\]\n]*\])?(?:[ ]+(?P<agent>[A-Z][\w.'’ -]{{1,40}}))?)[ \t]*\r?$",
    re.MULTILINE,
)
#: "S H T Y K O V": typists set the letters of a signature apart. Fewer than four may be initials.
_SPACED = re.compile(r"(?:[^\W\d_] ){3,39}[^\W\d_]")
_SPACED_LINE = re.compile(rf"^[ \t]*(?P<name>{_SPACED.pattern})[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """An event read from the text, and what in its date or time cannot be right."""

    field: Field[Event]
    doubt: str = ""


def stamps(body: Passage, closing: Passage, *, near: str = "") -> tuple[Stamp, ...]:
    """The stamps in a telegram; ``closing`` is the part of it after the last sentence.

    ``near`` is the date of the document in EDTF: years and centuries that the stamps leave out come from it.
    """
    text = body.text
    found = [
        read(passage, match, near)
        for form, words, read in _STAMPS
        for passage, match in body.all_at(form, lines_with(text, *words))
    ]
    taken = [stamp.field.span for stamp in found]
    for _, match in closing.all(_CLOSED):
        passage = closing.group(match, "stamp")
        if not any(span and span.covers(passage.span) for span in taken):
            found.append(_closed(passage, match["when"], (match["agent"] or "").strip(), near))
    found.extend(
        _closed(closing.group(match, "name"), "", match["name"], near) for _, match in closing.all(_SPACED_LINE)
    )
    return tuple(found)


def _closed(passage: Passage, when: str, agent: str, near: str) -> Stamp:
    """The date and the signature at the end; letters that a typist has set apart make one name."""
    if not _SPACED.fullmatch(agent):
        return _stamp(passage, "closed", when, near, agent=agent)
    stamp = _stamp(passage, "closed", when, near, agent=agent.replace(" ", "").capitalize())
    inferred = "; ".join(each for each in (stamp.field.inferred, f"the name from the letters “{agent}”") if each)
    return replace(stamp, field=stamp.field._replace(inferred=inferred))


def is_stamp(line: str) -> bool:
    """Whether a line begins with a stamp that says when a telegram was sent, received or handled."""
    return any(form.match(line) for form in (_SENT, _FROM, _DONE))


def _sent(passage: Passage, match: re.Match[str], near: str) -> Stamp:
    said = {name: words.strip() for name, words in match.groupdict().items() if words}
    return _stamp(
        passage,
        "sent",
        said["when"],
        near,
        place=said.get("place", ""),
        destination=said.get("destination", ""),
        note="; ".join(said[part] for part in ("office", "means", "note") if part in said),
    )


def _done(passage: Passage, match: re.Match[str], near: str) -> Stamp:
    """A stamp of the form *verb by agent in place to destination on date*."""
    passage = passage.trimmed()
    phrases = {each["word"]: each["words"] for each in _PHRASE.finditer(match["how"])}
    toward = match["how"].find(" to ")
    return _stamp(
        passage,
        _KINDS[match["verb"].casefold()],
        match["when"] or "",
        near,
        agent=phrases.get("by", ""),
        place=phrases.get("in", phrases.get("at", "")),
        destination=phrases.get("to", ""),
        note=match["how"][toward:].strip() if toward >= 0 else "",
    )


def _stamp(passage: Passage, kind: str, when: str, near: str, **said: str) -> Stamp:
    reading = read_moment(when, near=near)
    if reading is None:
        return Stamp(passage.says(Event(kind, **said)))
    return Stamp(passage.says(Event(kind, reading.edtf, **said), inferred=reading.inferred), reading.doubt)


#: The forms of stamps, each with words of which its first line holds one.
_STAMPS: tuple[tuple[re.Pattern[str], tuple[str, ...], Callable[[Passage, re.Match[str], str], Stamp]], ...] = (
    (_SENT, ("Sent", "SENT", "Only by "), _sent),
    (_FROM, ("From ",), _sent),
    (_DONE, ("Received", "Arrived", "Deciphered", "Decoded", "Typed"), _done),
    (_CABLED, ("Cabled",), _done),
)
