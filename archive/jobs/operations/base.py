"""What every operation can do, and what those that edit descriptions share.

An operation is a frozen dataclass: its fields are its parameters, parsed from the JSON of a job at the edge.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db.models import Max
from django.utils import timezone

from archive import history
from archive.models import Document, Job, Revision
from archive.models.document import DocumentQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Documents in one transaction. A writer holds SQLite's only lock meanwhile, so a batch stays short.
BATCH = 100
#: What the history calls it.
ACT = "bulk edit"


class BadParameters(Exception):  # noqa: N818 - the name says the outcome
    """The parameters name something that is not there, or lack what the operation needs."""


@dataclass(frozen=True, slots=True)
class Work:
    """The job that a batch belongs to, and how its worker shows that it lives."""

    job: Job
    heartbeat: Callable[[], None] = lambda: None

    @property
    def by(self) -> User | None:
        """On whose behalf."""
        return self.job.created_by

    @property
    def since(self) -> datetime:
        """When a worker first began with the job."""
        return self.job.started_at or self.job.created_at


@dataclass(slots=True)
class Outcome:
    """What an operation did to a batch, by primary key; ``warned`` was changed, and something is wrong with it."""

    changed: dict[int, str] = field(default_factory=dict)
    unchanged: dict[int, str] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)
    warned: dict[int, str] = field(default_factory=dict)
    #: Public documents that name these and are stale now, for a worker to refresh.
    beside: list[int] = field(default_factory=list)
    #: The numbers of the revisions before and after, where there are any.
    revisions: dict[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a document has now and what it will have, in words; the same where nothing changes."""

    document: Document
    before: str
    after: str

    @property
    def changes(self) -> bool:
        """Whether there is a difference."""
        return self.before != self.after

    @property
    def parts_before(self) -> list[tuple[str, bool]]:
        """What it has, part by part, and whether the part goes."""
        return _marked(self.before, self.after)

    @property
    def parts_after(self) -> list[tuple[str, bool]]:
        """What it will have, part by part, and whether the part is new."""
        return _marked(self.after, self.before)


def _marked(words: str, others: str) -> list[tuple[str, bool]]:
    known = set(others.split("; "))
    return [(part, part not in known) for part in words.split("; ") if part]


class Operation(ABC):
    """One thing that can be done to many documents."""

    #: Templates show the class; by themselves they would call it.
    do_not_call_in_templates: ClassVar[bool] = True

    name: ClassVar[str]
    #: How it is offered.
    title: ClassVar[str]
    #: What somebody must be allowed to, beside starting jobs.
    permission: ClassVar[str] = "archive.change_document"
    #: The name of the operation that undoes it; None where it cannot be undone.
    undo_with: ClassVar[str | None] = "undo_edit"
    #: What it changes, in a word.
    subject: ClassVar[str]
    batch: ClassVar[int] = BATCH
    #: Whether ``apply`` belongs into one transaction with the rows of its batch. Where it does not, it can be
    #: repeated without harm, and tells what an earlier try did from what was so before the job.
    atomic: ClassVar[bool] = True
    #: Whether it is done where it is asked for, because it cannot wait for a worker. It renders nothing then.
    at_once: ClassVar[bool] = False
    #: Whether what is public of the documents is to be rendered anew.
    edits: ClassVar[bool] = True
    unchanged_because: ClassVar[str]

    @classmethod
    @abstractmethod
    def parse(cls, parameters: Mapping[str, Any]) -> Self:
        """The operation with the parameters of a job.

        :raises BadParameters: saying what is wrong with them.
        """

    def settle(self, outcome: Outcome) -> None:  # noqa: B027 - most have nothing else to write
        """What else is to be written in the transaction of the report, so that the two never differ."""

    def finish(self, work: Work) -> None:  # noqa: B027 - most are through with their last document
        """What is left to do when no document is; may be called again after a kill."""

    @abstractmethod
    def parameters(self) -> dict[str, Any]:
        """The parameters as plain data; ``parse`` the other way round."""

    @property
    @abstractmethod
    def label(self) -> str:
        """What it does, in words."""

    @abstractmethod
    def wanting(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Those of the documents that it would change."""

    @abstractmethod
    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """What each of a few documents has and would have, by primary key."""

    @abstractmethod
    def apply(self, document_ids: Sequence[int], work: Work) -> Outcome:
        """Do it to a batch, and say what became of each document."""

    def difference(self, documents: Sequence[Document]) -> list[Difference]:
        """The difference that it makes to a few documents."""
        words = self.words(documents)
        return [Difference(document, *words[document.pk]) for document in documents]


class Edit(Operation):
    """An operation that changes what is said of documents; undone by going back to the revision before."""

    @abstractmethod
    def change(self, document_ids: Sequence[int]) -> None:
        """Change documents, each of which lacks what the operation brings."""

    def apply(self, document_ids: Sequence[int], work: Work) -> Outcome:
        """Change those that it concerns, as the database has them now, and leave the others."""
        wanting = set(self.wanting(Document.objects.filter(pk__in=document_ids)).values_list("pk", flat=True))
        ids = [pk for pk in document_ids if pk in wanting]
        history.keep(ids)
        before = last_numbers(ids)
        self.change(ids)
        Document.objects.filter(pk__in=ids).update(modified_at=timezone.now())
        history.record(ids, act=ACT, by=work.by, note=f"{work.job}: {self.label}")
        after = last_numbers(ids)
        return Outcome(
            changed=dict.fromkeys(ids, ""),
            unchanged={pk: self.unchanged_because for pk in document_ids if pk not in wanting},
            revisions={pk: (before[pk], after[pk]) for pk in ids},
        )


def last_numbers(document_ids: Sequence[int]) -> dict[int, int]:
    """The number of each document's last revision."""
    rows = Revision.objects.filter(document__in=document_ids).order_by().values_list("document_id")
    return dict(rows.annotate(Max("number")))


def required(parameters: Mapping[str, Any], *names: str) -> None:
    """Refuse parameters that lack one of the names.

    :raises BadParameters: naming the first that lacks.
    """
    for name in names:
        if name not in parameters:
            raise BadParameters(f"The job lacks the parameter “{name}”.")
