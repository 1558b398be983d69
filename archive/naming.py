"""Naming: which documents name an authority or lie in an archival unit, and who stands in for a merged authority."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from archive.models import Agent, ArchivalReference, ArchivalUnit, Concept, Contribution, Document, Place, Subject
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


def documents_in(unit: ArchivalUnit) -> DocumentQuerySet:
    """The documents, public or not, that are kept in a unit or anywhere below it."""
    return Document.objects.filter(pk__in=references_in(unit).values("document"))


def references_in(unit: ArchivalUnit) -> QuerySet[ArchivalReference]:
    """The references that lead to a unit or anywhere below it."""
    return ArchivalReference.objects.filter(unit__in=within(unit))


def publicly_named(authorities: QuerySet[A]) -> QuerySet[A]:
    """Those authorities that public documents name; of any other, nothing is said to the public."""
    kind = kind_of(authorities.model)
    public = Document.objects.public()
    named: Q = Q(Exists(Subject.objects.filter(**{kind: OuterRef("pk")}, document__in=public)))
    if authorities.model is Agent:
        named |= Q(Exists(Contribution.objects.filter(agent=OuterRef("pk"), document__in=public)))
    return authorities.filter(named)


def successor(authority: A) -> A:
    """The authority itself, or the one that took its place in the end. Merging lets no circle come about."""
    while (into := authority.merged_into) is not None:
        authority = into  # type: ignore[assignment]  # of the same kind: the column leads to its own table
    return authority
