"""Undo an accession: the documents first, then what was made beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import transaction
from django.utils import timezone

from archive.accession import leftovers, undoing
from archive.accession.judging import Act
from archive.jobs.operations.base import BadParameters, Operation, Outcome, Work, required
from archive.models import Accession, Document
from archive.models.accession import AccessionState
from archive.models.document import DocumentQuerySet


@dataclass(frozen=True, slots=True)
class UndoAccession(Operation):
    """Put documents back as they were before an accession. Offered with that accession only, and not undone itself."""

    accession: Accession

    name = "undo_accession"
    title = "Undo"
    permission = "archive.delete_document"
    subject = "accession"
    undo_with = None
    unchanged_because = "Stays as it is."

    @classmethod
    def parse(cls, parameters: Mapping[str, Any]) -> Self:
        """With the accession that is undone."""
        required(parameters, "accession")
        accession = Accession.objects.filter(pk=parameters["accession"]).first()
        if accession is None:
            raise BadParameters(f"Accession {parameters['accession']} is not there any more.")
        return cls(accession)

    def parameters(self) -> dict[str, Any]:
        """The accession's primary key."""
        return {"accession": self.accession.pk}

    @property
    def label(self) -> str:
        """What it does."""
        return f"Undo {self.accession}"

    def wanting(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """All: each is judged when it is its turn."""
        return documents

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """What becomes of each, and why."""
        found = undoing.foreseen(self.accession, [each.pk for each in documents])
        return {each.document_id: (each.title, f"{each.act}: {each.why}") for each in found}

    def apply(self, document_ids: Sequence[int], work: Work) -> Outcome:
        """Undo; what somebody has changed since is left as it is."""
        undone = undoing.undo(self.accession, document_ids, by=work.by)
        outcome = Outcome(failed=dict(undone.failed), beside=undone.beside)
        for pk, fate in undone.fates.items():
            if pk in undone.failed:
                continue
            said = f"{fate.act.capitalize()}. {fate.why}"
            (outcome.changed if fate.changes else outcome.unchanged)[pk] = said
            if fate.act in (Act.RESTORE, Act.RESTORE_AND_WITHDRAW) and fate.before is not None:
                outcome.revisions[pk] = (fate.after or 0, fate.before or 0)
        return outcome

    def finish(self, work: Work) -> None:
        """Take away what the accession made and nothing uses, and write down that the accession is undone."""
        report = leftovers.remove(self.accession, heartbeat=work.heartbeat)
        with transaction.atomic():
            work.heartbeat()
            Accession.objects.filter(pk=self.accession.pk).update(
                state=AccessionState.UNDONE, undone_at=timezone.now(), undone_by=work.by, undone=report
            )
