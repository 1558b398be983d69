"""Accessions undone: what that does, shown first, and the job that does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from archive.accession import undoing
from archive.accession.judging import Act, Fate
from archive.jobs.operations.undo_accession import UndoAccession
from archive.jobs.steering import CannotBeUndone
from archive.jobs.submission import begin, write
from archive.models import Accession, Document, Job

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Documents that a page looks at one by one; a larger accession is judged in full by the command and by the worker.
LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What undoing an accession would do. ``unseen`` documents were not looked at, because there are so many.

    ``mark`` is another one as soon as what would happen is.
    """

    total: int
    fates: tuple[Fate, ...]
    unseen: int

    @property
    def counts(self) -> Mapping[Act, int]:
        """How many documents meet which fate."""
        return Counter(each.act for each in self.fates)

    @property
    def mark(self) -> str:
        """What was seen, in short."""
        counts = "-".join(f"{act.name}{count}" for act, count in sorted(self.counts.items()))
        return f"{self.total}-{counts}"


def what_undoing_does(accession: Accession, *, by: User | None = None, most: int | None = LOOKED_AT) -> Foreseen:
    """What undoing an accession would do to its documents; to all of them where ``most`` is None."""
    documents = undoing.documents_of(accession)
    looked_at = documents[:most]
    found = tuple(undoing.foreseen(accession, looked_at, by=by))
    return Foreseen(len(documents), found, len(documents) - len(looked_at))


def undoing_of(accession: Accession) -> Job | None:
    """The last job that undoes an accession, or did."""
    return Job.objects.filter(kind=UndoAccession.name, parameters__accession=accession.pk).order_by("pk").last()


def undo_accession(accession: Accession, *, by: User | None = None) -> Job:
    """A job that puts back what an accession did, where nobody has changed it since.

    :raises CannotBeUndone: saying why.
    """
    with transaction.atomic():
        accession = Accession.objects.select_for_update().get(pk=accession.pk)
        refuse(accession)
        operation = UndoAccession(accession)
        items = accession.items.filter(document__isnull=False, state__in=accession.items.model.CAME_IN)
        documents = Document.objects.filter(pk__in=items.order_by().values("document"))
        job = write(operation, documents, by=by)
    begin(job, operation)
    return job


def refuse(accession: Accession) -> None:
    """Refuse what cannot be undone, or not now.

    :raises CannotBeUndone: saying why.
    """
    if accession.state not in undoing.ENDED:
        raise CannotBeUndone(f"{accession} is {accession.get_state_display()}. Only what has ended can be undone.")
    job = undoing_of(accession)
    if job and job.open:
        raise CannotBeUndone(f"{accession} is being undone already, by {job}.")
    if not undoing.documents_of(accession):
        raise CannotBeUndone(f"{accession} has brought no document that is not undone already.")
