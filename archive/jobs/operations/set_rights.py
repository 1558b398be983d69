"""Set the rights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Q

from archive.jobs.operations.base import BadParameters, Edit, required
from archive.models import Document
from archive.models.document import DocumentQuerySet

#: The columns that say who may do what.
COLUMNS = ("rights_uri", "rights", "rights_holder")


@dataclass(frozen=True, slots=True)
class SetRights(Edit):
    """Write the same rights into documents. A column that is None stays as it is; one that is empty is emptied."""

    rights_uri: str | None = None
    rights: str | None = None
    rights_holder: str | None = None

    name = "set_rights"
    title = "Set rights"
    subject = "rights"
    unchanged_because = "Has these rights already."

    @classmethod
    def parse(cls, parameters: Mapping[str, Any]) -> Self:
        """With what is to be written into each column."""
        required(parameters, *COLUMNS)
        if all(parameters[column] is None for column in COLUMNS):
            raise BadParameters("Say what to write: a rights statement, words on rights, or a holder.")
        return cls(**{column: parameters[column] for column in COLUMNS})

    def parameters(self) -> dict[str, Any]:
        """The columns."""
        return {column: getattr(self, column) for column in COLUMNS}

    @property
    def written(self) -> dict[str, str]:
        """The columns that are written."""
        return {column: value for column, value in self.parameters().items() if value is not None}

    @property
    def label(self) -> str:
        """What it does."""
        return f"Set rights: {_said(self.written)}"

    def wanting(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Those that differ in one of the columns."""
        differs = Q()
        for column, value in self.written.items():
            differs |= ~Q(**{column: value})
        return documents.filter(differs)

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """The columns that are written, as they are and as they will be."""
        after = _said(self.written)
        return {each.pk: (_said({c: getattr(each, c) for c in self.written}), after) for each in documents}

    def change(self, document_ids: Sequence[int]) -> None:
        """Write the columns."""
        Document.objects.filter(pk__in=document_ids).update(**self.written)


def _said(columns: Mapping[str, str]) -> str:
    names = {"rights_uri": "statement", "rights": "words", "rights_holder": "holder"}
    return "; ".join(f"{names[column]}: {value or 'none'}" for column, value in columns.items())
