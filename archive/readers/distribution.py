"""Distribution lists: who got how many copies of a telegram.

``Distribution list - 9 copies: Stalin - 2, Molotov -1.`` and ``Copies: Stalin (2), Molotov``. A list that the
source ends with, and that neither a full stop nor the stated number of copies closes, may have lost names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from archive.drafts import Contribution, Distribution, Field, Notice
from archive.readers.names import contribution
from archive.readers.passages import Passage, lines_with

_LABEL = re.compile(
    r"^[ \t]*(?:Distribution(?:[ ]list)?\b[^\n:0-9]{0,20}(?:(?P<stated>[0-9]{1,3})\ copies)?|Copies(?:[ ]to)?)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_ENTRY = re.compile(r"[^,;\n]+")
_RECIPIENT = re.compile(
    r"(?P<entry>(?:[0-9]{1,2}[.)]\s+)?(?P<name>\S.*?)"
    r"(?:\s*[-–—]\s*(?P<after_dash>[0-9]{1,3})|\s*\((?P<in_brackets>[0-9]{1,3})\))?)[\s.(–—-]*"
)
_NUMBERED = re.compile(r"[ \t]*[0-9]{1,2}[.)][ \t]")
#: Longer entries are sentences that stand where the list should go on.
_LONGEST_ENTRY = 80


@dataclass(frozen=True, slots=True)
class DistributionList:
    """One list: where it stands, how many copies it states, and whom it names."""

    passage: Passage
    stated: int | None
    recipients: tuple[Field[Contribution], ...]

    @property
    def copies_named(self) -> int | None:
        """The sum of the recipients' copies; None where one of them has no number."""
        copies = [each.value.copies for each in self.recipients]
        return None if None in copies else sum(each for each in copies if each)

    @property
    def possibly_truncated(self) -> bool:
        """Whether the source ends with the list and nothing shows that the list is whole."""
        rest = Passage.whole(self.passage.source[self.passage.end :])
        whole = self.passage.text.endswith(".") or (self.stated is not None and self.stated == self.copies_named)
        return rest.blank and not whole

    def field(self) -> Field[Distribution]:
        """The list as a field of the draft."""
        return self.passage.says(Distribution(self.stated, self.possibly_truncated))

    def notices(self) -> Iterator[Notice]:
        """What an archivist should look at: a list cut off, or numbers that do not add up."""
        line = self.passage.line_number
        if self.possibly_truncated:
            yield Notice(f"Line {line}: the file ends with the distribution list; names may lack.", self.passage.span)
        if self.stated is not None and self.copies_named is None:
            yield Notice(
                f"Line {line}: the distribution list states {self.stated} copies; "
                "not every recipient has a number, so that they cannot be added up.",
                self.passage.span,
            )
        elif self.stated is not None and self.stated != self.copies_named:
            yield Notice(
                f"Line {line}: the distribution list states {self.stated} copies, its recipients have "
                f"{self.copies_named} together.",
                self.passage.span,
            )


def distribution_lists(body: Passage) -> Iterator[DistributionList]:
    """The distribution lists of a telegram, in order."""
    for _, label in body.all_at(_LABEL, lines_with(body.text, ":")):
        entries = body.part(label.end(), label.end() + _length(body.text[label.end() :])).trimmed()
        if not entries.blank:
            passage = body.group(label).trimmed().until(entries)
            stated = int(label["stated"]) if label["stated"] else None
            yield DistributionList(passage, stated, tuple(_recipients(entries)))


def _length(text: str) -> int:
    """How far the list goes: to the end of its line, and on after a comma or with numbered lines."""
    lines = text.splitlines(keepends=True)
    taken = lines[0] if lines else ""
    for line in takewhile(str.strip, lines[1:]):
        if taken.strip() and not taken.rstrip().endswith((",", ";")) and not _NUMBERED.match(line):
            break
        taken += line
    return len(taken)


def _recipients(entries: Passage) -> Iterator[Field[Contribution]]:
    for found, _ in entries.all(_ENTRY):
        entry = found.trimmed()
        parts = _RECIPIENT.fullmatch(entry.text) if len(entry.text) <= _LONGEST_ENTRY else None
        if parts:
            copies = parts["after_dash"] or parts["in_brackets"]
            named = contribution(parts["name"], "copy recipient", int(copies) if copies else None)
            yield entry.group(parts, "entry").says(named)
