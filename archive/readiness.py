"""Readiness: whether a document has what an aggregator asks for, told before the aggregator complains.

A profile is a list of requirements. Each installed app registers its own from a module named ``profiles``, which
is found at start-up: the rules live with the format they serve. What a document lacks is stored, so that lists
can be filtered by it, and written anew whenever the document is published, refreshed, brought in or saved by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.description import Description, describe, describe_new
from archive.inserting import Encoded, New, Row, insert
from archive.models import Readiness

#: Documents described at once.
BATCH = 500


#: What is asked of a document.
Question = Callable[[Description], bool]


class Severity(StrEnum):
    """What becomes of a record that lacks something."""

    #: The aggregator refuses the record.
    REQUIRED = "required"
    #: It takes the record, which is harder to find or of less use.
    RECOMMENDED = "recommended"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that an aggregator asks for; ``lacking`` says in an archivist's words what is not there."""

    name: str
    lacking: str
    met: Question
    severity: Severity = Severity.REQUIRED


@dataclass(frozen=True, slots=True)
class Profile:
    """What one aggregator, or one format, asks for; ``name`` is unique among all apps."""

    name: str
    label: str
    requirements: tuple[Requirement, ...]

    def lacks(self, description: Description) -> list[Requirement]:
        """The requirements that a document does not meet, the indispensable ones first."""
        return self.lacks_by(lambda question: question(description))

    def lacks_by(self, answer: Callable[[Question], bool]) -> list[Requirement]:
        """The same, as somebody answers who has the document before him."""
        unmet = [each for each in self.requirements if not answer(each.met)]
        return sorted(unmet, key=lambda each: each.severity is not Severity.REQUIRED)

    def takes(self, description: Description) -> bool:
        """Whether the aggregator takes the record, good or bad: nothing indispensable is lacking."""
        return all(each.met(description) for each in self.requirements if each.severity is Severity.REQUIRED)

    def named(self, names: Iterable[str]) -> list[Requirement]:
        """The requirements of these names; one that is asked for no more is passed over."""
        known = {each.name: each for each in self.requirements}
        return [known[name] for name in names if name in known]


class Registry:
    """The profiles of all installed apps, by name."""

    def __init__(self) -> None:
        self._profiles: dict[str, Profile] = {}

    def register(self, profile: Profile) -> None:
        """Add a profile.

        :raises ValueError: if another one has taken the name.
        """
        if self._profiles.setdefault(profile.name, profile) != profile:
            raise ValueError(f"two profiles are called {profile.name!r}")

    def __iter__(self) -> Iterator[Profile]:
        return iter(self._profiles.values())

    def get(self, name: str) -> Profile | None:
        """The profile of a name, if any app brings one."""
        return self._profiles.get(name)


registry = Registry()


def assess(document_ids: Iterable[int], *, on_progress: Callable[[], None] | None = None) -> int:
    """Write down what documents lack, in any state; return how many there were.

    ``on_progress`` is called after each batch, for heartbeats.

    The number of queries does not grow with the documents of a batch.
    """
    ids = list(document_ids)
    assessed = 0
    for start in range(0, len(ids), BATCH):
        descriptions = describe(ids[start : start + BATCH], with_sets=False)
        write_down(descriptions)
        assessed += len(descriptions)
        if on_progress:
            on_progress()
    return assessed


def assess_new(new: New) -> None:
    """Write down what documents lack that have just been inserted."""
    insert(Readiness, _rows(describe_new(new)))


def write_down(descriptions: Iterable[Description]) -> None:
    """Write down what documents lack that are described already."""
    insert(Readiness, _rows(descriptions), unique=("document", "profile"))


def _rows(descriptions: Iterable[Description]) -> Iterator[Row]:
    profiles = list(registry)
    questions = list(dict.fromkeys(each.met for profile in profiles for each in profile.requirements))
    told: dict[tuple[bool, ...], list[Row]] = {}  # many documents are alike in what they lack
    for description in descriptions:
        answers = tuple([bool(question(description)) for question in questions])  # profiles ask much the same
        if answers not in told:
            answer = dict(zip(questions, answers, strict=True)).__getitem__
            told[answers] = [_told(profile, profile.lacks_by(answer)) for profile in profiles]
        for row in told[answers]:
            yield {"document": description.key, **row}


def _told(profile: Profile, unmet: Sequence[Requirement]) -> Row:
    return {
        "profile": profile.name,
        "ready": all(each.severity is not Severity.REQUIRED for each in unmet),
        "lacking": Encoded(json.dumps([each.name for each in unmet])),
    }
