"""Undoing: what the operations share that put back what another job changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, OuterRef, QuerySet

from archive.jobs.operations.base import BadParameters, Operation, Outcome, required
from archive.models import Job, JobItem, StateChange
from archive.models.document import DocumentQuerySet

LATER = "Was changed since, so it is left as it is."


@dataclass(frozen=True, slots=True)
class Undoing(Operation):
    """An operation on what a job changed. Offered with that job only, and not undone itself."""

    job: Job

    title = "Undo"
    undo_with = None
    unchanged_because = LATER

    @classmethod
    def parse(cls, parameters: Mapping[str, Any]) -> Self:
        """With the job that is undone."""
        required(parameters, "job")
        job = Job.objects.filter(pk=parameters["job"]).first()
        if job is None:
            raise BadParameters(f"Job {parameters['job']} is not there any more.")
        return cls(job)

    def parameters(self) -> dict[str, Any]:
        """The job's primary key."""
        return {"job": self.job.pk}

    @property
    def label(self) -> str:
        """What it does."""
        return f"Undo job {self.job.pk} ({self.job.label})"[:1000]

    def items(self, document_ids: Sequence[int]) -> dict[int, JobItem]:
        """What the job did to documents and nobody has undone, by the documents' primary keys."""
        rows = self.job.items.filter(document__in=document_ids, state=JobItem.State.DONE)
        return {row.document_id: row for row in rows if row.document_id is not None}

    def settle(self, outcome: Outcome) -> None:
        """Write into the report of the job that is undone what is undone now."""
        self.job.items.filter(document__in=outcome.changed, state=JobItem.State.DONE).update(state=JobItem.State.UNDONE)

    def wanting(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Those that are still as the job left them, as far as a query can tell."""
        return documents.filter(pk__in=self.as_left().order_by().values("document"))

    def as_left(self) -> QuerySet[JobItem]:
        """The items of the job whose document nobody has dealt with since; here, by its state."""
        later = StateChange.objects.filter(document=OuterRef("document"), at__gt=OuterRef("finished_at")).order_by()
        return self.job.items.filter(~Exists(later), state=JobItem.State.DONE, document__isnull=False)
