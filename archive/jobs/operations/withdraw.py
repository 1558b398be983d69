"""Withdraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from archive import publication
from archive.jobs.operations.base import BadParameters, Operation, Outcome, Work, required
from archive.models import Document
from archive.models.document import DocumentQuerySet, State


@dataclass(frozen=True, slots=True)
class Withdraw(Operation):
    """Take published documents back."""

    reason: str

    name = "withdraw"
    title = "Withdraw"
    permission = "archive.withdraw_document"
    undo_with = "undo_withdraw"
    subject = "state"
    batch = publication.AT_ONCE
    at_once = True
    edits = False
    unchanged_because = "Is not published."

    @classmethod
    def parse(cls, parameters: Mapping[str, Any]) -> Self:
        """With the reason."""
        required(parameters, "reason")
        if not parameters["reason"]:
            raise BadParameters("Give a reason: readers who follow an old link may be shown it.")
        return cls(parameters["reason"])

    def parameters(self) -> dict[str, Any]:
        """The reason."""
        return {"reason": self.reason}

    @property
    def label(self) -> str:
        """What it does."""
        return f"Withdraw: {self.reason}"

    def wanting(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Those that are public."""
        return documents.public()

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """The state before and after."""
        after = State.WITHDRAWN.label
        return {
            each.pk: (each.get_state_display(), after if each.published else each.get_state_display())
            for each in documents
        }

    def apply(self, document_ids: Sequence[int], work: Work) -> Outcome:
        """Withdraw."""
        withdrawn = publication.withdraw(document_ids, reason=self.reason, by=work.by)
        done = set(withdrawn.documents)
        return Outcome(
            beside=withdrawn.beside,
            changed={pk: "" for pk in document_ids if pk in done},
            unchanged={pk: self.unchanged_because for pk in document_ids if pk not in done},
        )
