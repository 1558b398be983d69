"""Credits: who contributed, transcribed or translated a document, as editions say it in a sentence.

``Translated by A. Person.``, ``Contributed, transcribed, and translated by A. Person and B. Person``: beneath a
title, or after an archival reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.drafts import Contribution, Field
from archive.readers.passages import Passage

_ROLES = {
    "translated": "translator",
    "transcribed": "transcriber",
    "edited": "editor",
    "annotated": "editor",
    "contributed": "contributor",
    "obtained": "contributor",
    "provided": "contributor",
    "donated": "contributor",
}
_VERB = "(?:" + "|".join(_ROLES) + ")"
_WORD = re.compile(_VERB, re.IGNORECASE)
#: A full stop after one capital is an initial; any other ends the sentence.
_CREDIT = re.compile(
    rf"\b(?P<verbs>{_VERB}(?:(?:,\s{{1,3}}and|,|\s{{1,3}}and|\s{{1,3}}&)\s{{1,3}}{_VERB}){{0,5}})"
    r"(?:\s{1,3}for\s{1,3}[\w ]{1,40}?)?\s{1,3}by\s{1,3}"
    r"(?P<names>[^\W\d_](?:[^.;\n\[\]()]|(?<=\b[^\W\d_])\.){1,200})",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:(?!,\s|\s(?:and|&)\s).)+")
_JOINED = re.compile(r"(?:and|&)\s+")
#: Names longer than this are a sentence that goes on.
_LONGEST_NAME = 60


def credits_in(passage: Passage) -> Iterator[tuple[Passage, tuple[Field[Contribution], ...]]]:
    """Each credit in the passage, and the people it names with the parts they had."""
    for found, match in passage.all(_CREDIT):
        roles = dict.fromkeys(_ROLES[verb.casefold()] for verb in _WORD.findall(match["verbs"]))
        named = tuple(_names(passage.group(match, "names")))
        if named:
            yield found, tuple(name.says(Contribution(role, name.text, name.text)) for name in named for role in roles)


def is_credit(line: Passage) -> bool:
    """Whether the line is a credit and nothing else."""
    found = next(credits_in(line), None)
    return bool(found) and len(line.text.strip("[]() \t.")) <= len(found[0].text.strip()) if found else False


def _names(names: Passage) -> Iterator[Passage]:
    for found, _ in names.all(_NAME):
        name = found.trimmed()
        while name.text[:1] in (",", " "):
            name = name.part(1, len(name.text)).trimmed()
        joined = _JOINED.match(name.text)
        name = name.part(joined.end(), len(name.text)) if joined else name
        if name.text[:1].isupper() and len(name.text) <= _LONGEST_NAME:
            yield name
