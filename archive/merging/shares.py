"""Shares: everything that hangs on an authority, and what becomes of it in a merge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from archive.models import (
    Agent,
    AgentName,
    AuthorityKey,
    AuthorityLink,
    Concept,
    ConceptLabel,
    Contribution,
    Place,
    PlaceName,
    Subject,
)

Authority = Agent | Place | Concept
MODELS: dict[str, type[Agent] | type[Place] | type[Concept]] = {"agent": Agent, "place": Place, "concept": Concept}


def _as_it_is(row: Any) -> str:
    return str(row)


@dataclass(frozen=True, slots=True)
class Share:
    """One kind of row that hangs on an authority."""

    label: str
    model: type[models.Model]
    #: The column that leads to the authority.
    column: str
    #: The columns that, with the authority, occur once: of two such rows one is dropped.
    once: tuple[str, ...] = ()
    #: The column at whose other end neither the kept one nor, if ``downward``, anything below it may stand.
    other: str = ""
    downward: bool = False
    #: What becomes of the columns of a row that moves.
    changes: Mapping[str, str] = field(default_factory=dict)
    said: Callable[[Any], str] = _as_it_is


def _links(kind: str) -> Share:
    return Share("links", AuthorityLink, kind, ("uri",))


def _keys(kind: str) -> Share:
    return Share("keys of sources", AuthorityKey, kind, ("key",))


def _subjects(kind: str) -> Share:
    return Share(
        "subjects", Subject, kind, ("document_id", "relation"),
        said=lambda row: f"{row.document} {row.get_relation_display()}",
    )  # fmt: skip


#: Everything that leads to an authority, save those merged into it earlier: their addresses redirect by way of it.
SHARES: dict[str, tuple[Share, ...]] = {
    "agent": (
        Share("contributions", Contribution, "agent", ("document_id", "role"),
              said=lambda row: f"{row.document}: {row}"),
        _subjects("agent"),
        Share("names", AgentName, "agent", ("value",)),
        _links("agent"),
        _keys("agent"),
    ),
    "place": (
        _subjects("place"),
        Share("names", PlaceName, "place", ("value", "language")),
        Share("places within it", Place, "broader"),
        _links("place"),
        _keys("place"),
    ),
    "concept": (
        _subjects("concept"),
        Share("labels", ConceptLabel, "concept", ("value", "language"), changes={"kind": "alternative"}),
        Share("broader concepts", Concept.broader.through, "from_concept", ("to_concept_id",), "to_concept_id",
              downward=True, said=lambda row: str(row.to_concept)),
        Share("narrower concepts", Concept.broader.through, "to_concept", ("from_concept_id",), "from_concept_id",
              said=lambda row: str(row.from_concept)),
        Share("related concepts", Concept.related.through, "from_concept", ("to_concept_id",), "to_concept_id",
              said=lambda row: str(row.to_concept)),
        Share("related concepts, seen from there", Concept.related.through, "to_concept", ("from_concept_id",),
              "from_concept_id", said=lambda row: str(row.from_concept)),
        _links("concept"),
        _keys("concept"),
    ),
}  # fmt: skip
