"""Square brackets: words that an editor put into the text.

``[email protected]`` is none of them. It is the mark that a web site leaves where it hides an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.drafts import Editorial, Field, Notice
from archive.readers.passages import Passage

#: A link of Markdown, [words](address), is not editorial.
_BRACKETS = re.compile(r"\[(?P<words>[^\[\]]{0,1000})\](?!\()")
_REDACTION = re.compile(r"\[email\s+protected\]")
_OMISSION = re.compile(r"(?:\s*(?:\.|…))+\s*")
_REMARK = re.compile(
    r"sic\b|illegible|handwritten|signature|signed|stamp|text missing|page \w+|note\b|translator|\?", re.IGNORECASE
)


def editorials(passage: Passage) -> Iterator[Field[Editorial]]:
    """The bracketed words of a passage, in order."""
    for found, match in passage.all(_BRACKETS):
        if not _REDACTION.fullmatch(match[0]):
            yield found.says(Editorial(match["words"].strip(), _kind(match["words"].strip(), _before(passage, match))))


def redactions(passage: Passage) -> Iterator[Notice]:
    """A notice for every e-mail address that the site has hidden."""
    for found, match in passage.all(_REDACTION):
        yield Notice(
            f"Line {found.line_number}: “{match[0]}” stands where the web site hid an e-mail address; "
            "the address itself is not in the file.",
            found.span,
        )


def _before(passage: Passage, match: re.Match[str]) -> str:
    line = passage.text[: match.start()].rpartition("\n")[2]
    return (line.split() or [""])[-1]


def _kind(words: str, before: str) -> str:
    """Alias after a name, gloss after another word, omission for dots; a remark stands for itself."""
    if _OMISSION.fullmatch(words):
        return "omission"
    if not words or not before or _REMARK.match(words):
        return "remark"
    named = before[:1].isupper() and all(word[:1].isupper() for word in words.split())
    return "alias" if named else "gloss"
