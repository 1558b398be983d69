"""Naming: which documents name an authority or lie in an archival unit, and who stands in for a merged authority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from archive.models import (
    Agent,
    ArchivalReference,
    ArchivalUnit,
    Collection,
    Concept,
    Contribution,
    Document,
    Place,
    Subject,
)
from archive.models.document import DocumentQuerySet
from archive.units import within

A = TypeVar("A", Agent, Place, Concept)


def kind_of(model: type[Agent] | type[Place] | type[Concept]) -> str:
    """``agent``, ``place`` or ``concept``: the name of the column in whatever leads to such an authority."""
    return model.__name__.lower()


def documents_naming(authority: Agent | Place | Concept) -> DocumentQuerySet:
    """The documents, public or not, that name an authority."""
    kind = kind_of(type(authority))
    naming = Q(pk__in=Subject.objects.filter(**{kind: authority}).values("document"))
    if isinstance(authority, Agent):
        naming |= Q(pk__in=Contribution.objects.filter(agent=authority).values("document"))
    return Document.objects.filter(naming)


def only_in_drafts(authority: Agent | Place | Concept) -> bool:
    """Whether documents name an authority, and none of them is public: its name is theirs to tell."""
    naming = documents_naming(authority)
    return naming.exists() and not naming.public().exists()


def documents_in(unit: ArchivalUnit) -> DocumentQuerySet:
    """The documents, public or not, that are kept in a unit or anywhere below it."""
    return Document.objects.filter(pk__in=references_in(unit).values("document"))


def documents_within(collections: Iterable[int]) -> DocumentQuerySet:
    """The documents, public or not, in collections and all below them."""
    return Document.objects.filter(collections__in=collections_within(collections)).distinct()


def collections_within(collections: Iterable[int]) -> set[int]:
    """Collections and all below them, by primary key."""
    parents: Mapping[int, int | None] = dict(Collection.objects.values_list("pk", "parent_id"))
    found = set(collections)
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def references_in(unit: ArchivalUnit) -> QuerySet[ArchivalReference]:
    """The references that lead to a unit or anywhere below it."""
    return ArchivalReference.objects.filter(unit__in=within(unit))


def publicly_named(authorities: QuerySet[A]) -> QuerySet[A]:
    """Those authorities that public documents name; of any other, nothing is said to the public."""
    kind = kind_of(authorities.model)
    named: Q = Q(Exists(Subject.objects.order_by().filter(_in_public(), **{kind: OuterRef("pk")})))
    if authorities.model is Agent:
        parts = Contribution.objects.order_by().filter(_in_public(), agent=OuterRef("pk"))
        named = Q(Exists(parts)) | named
    return authorities.filter(named)


def successor(authority: A) -> A:
    """The authority itself, or the one that took its place in the end. Merging lets no circle come about."""
    while (into := authority.merged_into) is not None:
        authority = into  # type: ignore[assignment]  # of the same kind: the column leads to its own table
    return authority


def public_counts(model: type[Agent] | type[Place] | type[Concept], keys: Iterable[int]) -> dict[int, int]:
    """How many public documents name each of some authorities, by primary key; two queries for however many.

    A document that names an agent as sender and as subject counts once.
    """
    kind = kind_of(model)
    named = Subject.objects.order_by().filter(_in_public(), **{f"{kind}__in": keys})
    counts: Counter[int] = Counter()
    if model is Agent:
        parts = Contribution.objects.order_by().filter(_in_public(), agent__in=keys)
        counts.update(dict(parts.values_list("agent").annotate(Count("document", distinct=True))))
        also = Contribution.objects.filter(agent=OuterRef("agent"), document=OuterRef("document"))
        named = named.filter(~Exists(also))
    counts.update(dict(named.values_list(kind).annotate(Count("document", distinct=True))))
    return dict(counts)


def _in_public() -> Exists:
    """The condition on what leads to a document that everybody may see it; asked of each, and not of all documents."""
    return Exists(Document.objects.public().order_by().filter(pk=OuterRef("document")))
