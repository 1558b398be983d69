"""Aggregates: the things that have a history, each one whole with its parts.

A document is one, and so is each thing that documents refer to: an agent with its names and links, an archival
unit, a collection. A revision holds all of an aggregate, and what it refers to by identifier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from archive.models import (
    Agent,
    AgentName,
    ArchivalReference,
    ArchivalUnit,
    AuthorityLink,
    Collection,
    Concept,
    ConceptLabel,
    ConceptScheme,
    Contribution,
    Document,
    DocumentEvent,
    DocumentNumber,
    DocumentRelation,
    EntityRevision,
    Place,
    PlaceName,
    Revision,
    Subject,
    Text,
)

#: Columns of a document that a curator does not describe it with: identity, state, and what follows from it.
NOT_CONTENT = frozenset(
    {
        "id",
        "identifier",
        "identity",
        "state",
        "state_reason",
        "publication_error",
        "published_at",
        "withdrawn_at",
        "refreshed_at",
        "created_at",
        "modified_at",
    }
)
#: The same of an authority. Merging is a verb, with consequences elsewhere, and has an undo of its own.
NOT_CONTENT_OF_AUTHORITIES = frozenset({"id", "identifier", "merged_into", "created_at", "modified_at"})

#: The parts of a document, by name of their relation.
PARTS: dict[str, type[models.Model]] = {
    "texts": Text,
    "numbers": DocumentNumber,
    "events": DocumentEvent,
    "references": ArchivalReference,
    "contributions": Contribution,
    "subjects": Subject,
    "relations": DocumentRelation,
    "collections": Document.collections.through,
}

#: What is referred to: the column that stands in a snapshot, and those that make up a name.
REFERRED: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    Agent: ("identifier", ("name",)),
    Place: ("identifier", ("name",)),
    Concept: ("identifier", ("name",)),
    ConceptScheme: ("slug", ("title",)),
    ArchivalUnit: ("identifier", ("level", "code")),
    Document: ("identifier", ("title",)),
    Collection: ("slug", ("title",)),
}


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One kind of thing with a history."""

    model: type[models.Model]
    left_out: frozenset[str]
    parts: Mapping[str, type[models.Model]] = field(default_factory=dict)
    #: The column of its parts that leads to it, where all of them call it the same.
    owner: str = "document"
    #: The column by which such things stand above one another, if they do.
    above: str = ""

    @property
    def revisions(self) -> models.QuerySet[Any]:
        """The revisions of all such things."""
        if self.model is Document:
            return Revision.objects.all()
        return EntityRevision.objects.filter(kind=self.model._meta.model_name)

    @property
    def key(self) -> str:
        """The column of a revision that holds the primary key of its thing."""
        return "document_id" if self.model is Document else "key"

    @property
    def same(self) -> dict[str, Any]:
        """What all revisions of such things have in common."""
        return {} if self.model is Document else {"kind": self.model._meta.model_name}

    def owner_of(self, part: type[models.Model]) -> str:
        """The column of a part that leads to the thing."""
        return "from_concept" if self.model is Concept and part._meta.auto_created else self.owner


AGGREGATES: dict[type[models.Model], Aggregate] = {
    each.model: each
    for each in (
        Aggregate(Document, NOT_CONTENT, PARTS),
        Aggregate(Agent, NOT_CONTENT_OF_AUTHORITIES, {"names": AgentName, "links": AuthorityLink}, "agent"),
        Aggregate(Place, NOT_CONTENT_OF_AUTHORITIES, {"names": PlaceName, "links": AuthorityLink}, "place", "broader"),
        Aggregate(
            Concept,
            NOT_CONTENT_OF_AUTHORITIES,
            {
                "labels": ConceptLabel,
                "links": AuthorityLink,
                "broader": Concept.broader.through,
                "related": Concept.related.through,
            },
            "concept",
            "broader",
        ),
        Aggregate(
            ArchivalUnit,
            frozenset({"id", "identifier", "identity", "said", "sort_key", "created_at", "modified_at"}),
            owner="unit",
            above="parent",
        ),
        Aggregate(Collection, frozenset({"id", "slug"}), owner="collection", above="parent"),
        Aggregate(ConceptScheme, frozenset({"id", "slug"}), owner="scheme"),
    )
}

#: Columns of parts that say nothing of the thing: keys, what leads to it, whether a document brought a name, and who
#: judged a link when.
LEFT_OUT: dict[type[models.Model], frozenset[str]] = {
    AgentName: frozenset({"id", "agent", "learned"}),
    PlaceName: frozenset({"id", "place"}),
    ConceptLabel: frozenset({"id", "concept"}),
    AuthorityLink: frozenset({"id", "agent", "place", "concept", "created_at", "reviewed_by"}),
    Concept.broader.through: frozenset({"id", "from_concept"}),
    Concept.related.through: frozenset({"id", "from_concept"}),
}


def left_out(model: type[models.Model]) -> frozenset[str]:
    """The columns of a thing or of a part that no snapshot holds."""
    if model in AGGREGATES:
        return AGGREGATES[model].left_out
    return LEFT_OUT.get(model, frozenset({"id", "document"}))
