"""Groups: in which part public documents name an authority, the first few of each part, and where the rest is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Func, IntegerField, Q, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.models import Agent, Concept, Contribution, Document, Place, Subject
from archive.models.contribution import ContributionRole as Role
from archive.models.document import DocumentQuerySet
from archive.models.subject import SubjectRelation as Relation
from archive.naming import kind_of
from archive.web import finding
from archive.web.finding import Card, searchable

#: Documents of each part that are shown beside the others.
FEW = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A way in which documents name an authority: in a role, or in a relation, or in either of some."""

    name: str
    heading: Promise
    roles: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    #: By which parameter the search narrows to it.
    parameter: str = ""


AGENT = (
    Part("sent", _("Sent and written"), (Role.SENDER, Role.AUTHOR, Role.SIGNATORY), parameter="sender"),
    Part("received", _("Received"), (Role.ADDRESSEE, Role.COPY_RECIPIENT), parameter="addressee"),
    Part("mentioned", _("Mentioned"), (Role.MENTIONED,), (Relation.ABOUT,), parameter="mentioned"),
    Part(
        "handled", _("Conveyed, translated, edited"),
        (Role.INTERMEDIARY, Role.TRANSLATOR, Role.TRANSCRIBER, Role.EDITOR, Role.CONTRIBUTOR),
    ),
)  # fmt: skip
PLACE = (
    Part("written", _("Written here"), relations=(Relation.WRITTEN_AT,)),
    Part("received", _("Received here"), relations=(Relation.RECEIVED_AT,)),
    Part("about", _("About this place"), relations=(Relation.ABOUT,)),
)
CONCEPT = (
    Part("about", _("About this"), relations=(Relation.ABOUT,)),
    Part("kind", _("Of this kind"), relations=(Relation.TYPE,)),
)
PARTS: dict[type[Agent] | type[Place] | type[Concept], Sequence[Part]] = {
    Agent: AGENT, Place: PLACE, Concept: CONCEPT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """A part with the first of its documents; ``search`` is where they can be searched, if anywhere."""

    part: Part
    total: int
    cards: Sequence[Card]
    search: str


def groups(authority: Agent | Place | Concept) -> list[Group]:
    """The parts in which public documents name an authority, with a number of queries that depends on nothing else."""
    parts = PARTS[type(authority)]
    totals = _totals(authority, parts)
    held = [part for part in parts if totals[part.name]]
    firsts = {part.name: list(documents(authority, part).values_list("identifier", flat=True)[:FEW]) for part in held}
    wanted = {identifier for found in firsts.values() for identifier in found}
    shown = {card.identifier: card for card in finding.cards(Document.objects.public().filter(identifier__in=wanted))}
    return [
        Group(part, totals[part.name], [shown[each] for each in firsts[part.name] if each in shown],
              search(authority, part))
        for part in held
    ]  # fmt: skip


def part_called(model: type[Agent] | type[Place] | type[Concept], name: str) -> Part | None:
    """The part that an address names; None where it names none."""
    return next((part for part in PARTS[model] if part.name == name), None)


def documents(authority: Agent | Place | Concept, part: Part) -> DocumentQuerySet:
    """The public documents that name an authority in a part, those without a date last."""
    kind = kind_of(type(authority))
    naming = Q()
    if part.relations:
        subjects = Subject.objects.order_by().filter(relation__in=part.relations, **{kind: authority})
        naming |= Q(pk__in=subjects.values("document"))
    if part.roles:
        contributions = Contribution.objects.order_by().filter(agent__identifier=authority.identifier)
        naming |= Q(pk__in=contributions.filter(role__in=part.roles).values("document"))
    return Document.objects.public().filter(naming).order_by(F("date_earliest").asc(nulls_last=True), "pk")


def search(authority: Agent | Place | Concept, part: Part) -> str:
    """The address of the search among these documents; empty where there is none."""
    if not searchable() or not part.parameter:
        return ""
    return f"{reverse('archive_web:documents')}?{urlencode({part.parameter: authority.identifier})}"


def _totals(authority: Agent | Place | Concept, parts: Sequence[Part]) -> dict[str, int]:
    """How many documents there are in each part, in one query."""
    counts = {part.name: Subquery(_counted(documents(authority, part))) for part in parts}
    found: dict[str, int] = type(authority)._default_manager.filter(pk=authority.pk).values(**counts).get()
    return found


def _counted(found: DocumentQuerySet) -> Any:
    """A query for the number of documents, without the groups that an aggregate would make within another query."""
    return found.order_by().annotate(n=Func("pk", function="COUNT", output_field=IntegerField())).values("n")
