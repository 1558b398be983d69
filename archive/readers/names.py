"""Who wrote to whom, as the title of a letter or telegram tells it.

``Ciphered telegram, Filippov [Stalin] to Zhou Enlai or Mao Zedong (via Roshchin)``: a name may be followed by
the person meant, in square or in round brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.drafts import Contribution, Field
from archive.readers.passages import Passage

#: A title longer than this tells a story; names read out of it would be guesses.
_LONGEST_TITLE = 300

#: Words in brackets may hold the commas and the "to" that part names outside of them.
_BRACKETS = r"\([^()]*\)|\[[^\[\]]*\]"
_NAMES = rf"(?:{_BRACKETS}|(?!\s+to\s)[^()\[\],])+?"
_TITLE = re.compile(
    rf"(?:.*?(?:,\s*(?:from\s+)?|\bfrom\s+))(?P<sender>{_NAMES})\s+to\s+"
    rf"(?P<addressees>(?:{_BRACKETS}|[^()\[\]])+?)"
    r"(?:\s*[(\[]via\s+(?P<intermediaries>[^()\[\]]+)[)\]])?\s*",
    re.IGNORECASE | re.DOTALL,
)
_NAME = re.compile(rf"(?:{_BRACKETS}|(?!\s+(?:or|and)\s)[^,;()\[\]])+")
_JOINED = re.compile(r"\s*(?:or|and)\s+")
_ALIAS = re.compile(r"(?P<written>[^()\[\]]+?)\s*[(\[](?P<meant>[^()\[\]]+)[)\]]")


def contributions(title: Passage) -> Iterator[Field[Contribution]]:
    """Sender, addressees and intermediaries, in the order of the title; none if it does not tell them."""
    parts = _TITLE.fullmatch(title.text) if len(title.text) <= _LONGEST_TITLE else None
    if parts is None:
        return
    for group, role in (("sender", "sender"), ("addressees", "addressee"), ("intermediaries", "intermediary")):
        if parts[group]:
            for name in _names(title.group(parts, group)):
                yield name.says(contribution(name.text, role))


def contribution(name: str, role: str, copies: int | None = None) -> Contribution:
    """The part that a name, with the person meant in brackets or without, has in the document."""
    alias = _ALIAS.fullmatch(name) if name.endswith((")", "]")) else None
    written, meant = (alias["written"], alias["meant"].strip()) if alias else (name, name)
    return Contribution(role, written, meant, copies)


def _names(names: Passage) -> Iterator[Passage]:
    for found, _ in names.all(_NAME):
        name = found.trimmed()
        joined = _JOINED.match(name.text)
        if joined:
            name = name.part(joined.end(), len(name.text))
        if not name.blank:
            yield name
