"""Undoing: what the operations share that put back what another job changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from archive.jobs.operations.base import BadParameters, Operation, Outcome, required
from archive.models import Document, Job, JobItem
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
        """Those that the job changed."""
        changed = self.job.items.filter(state=JobItem.State.DONE)
        return documents.filter(pk__in=changed.values("document"))

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """The report of the job has the documents; there is nothing to choose before an undo."""
        return {each.pk: ("", "") for each in documents}
