"""Subjects of documents: one authority, in one relation, named by the parameters of an operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, OuterRef

from archive.jobs.operations.base import BadParameters, Edit, required
from archive.models import Agent, Concept, Document, Place, Subject
from archive.models.subject import SubjectRelation

KINDS: dict[str, type[Agent | Concept | Place]] = {"agent": Agent, "concept": Concept, "place": Place}


@dataclass(frozen=True, slots=True)
class SubjectEdit(Edit):
    """An operation on one subject."""

    authority: Agent | Concept | Place
    relation: SubjectRelation = SubjectRelation.ABOUT

    subject = "subjects"

    @classmethod
    def parse(cls, parameters: Mapping[str, Any]) -> Self:
        """With the authority itself; one that was merged is replaced by the one it was merged into."""
        required(parameters, "kind", "authority", "relation")
        kind, pk = parameters["kind"], parameters["authority"]
        if kind not in KINDS:
            raise BadParameters(f"A subject is an agent, a concept or a place, not “{kind}”.")
        authority = KINDS[kind]._default_manager.filter(pk=pk).first()
        while authority is not None and authority.merged_into is not None:
            authority = authority.merged_into
        if authority is None:
            raise BadParameters(f"The {kind} with the number {pk} is not there any more.")
        return cls(authority, SubjectRelation(parameters["relation"]))

    def parameters(self) -> dict[str, Any]:
        """The kind of authority, its primary key and the relation."""
        return {"kind": self.kind, "authority": self.authority.pk, "relation": self.relation.value}

    @property
    def kind(self) -> str:
        """Which kind of authority it is."""
        return self.authority._meta.model_name or ""

    @property
    def phrase(self) -> str:
        """The subject in words."""
        return f"{self.relation.label} {self.authority}"

    def holding(self) -> Exists:
        """The condition that a document has the subject."""
        held = Subject.objects.filter(document=OuterRef("pk"), relation=self.relation, **{self.kind: self.authority.pk})
        return Exists(held)

    def held(self, documents: Sequence[Document]) -> dict[int, list[str]]:
        """All subjects of documents in words, in their order."""
        found: dict[int, list[str]] = {document.pk: [] for document in documents}
        rows = Subject.objects.filter(document__in=found).select_related("agent", "concept", "place")
        for row in rows.order_by("document_id", "order", "id"):
            found[row.document_id].append(str(row))
        return found
