"""Surroundings: what documents stand among, read once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from archive import uris
from archive.description.parts import LinkDescription, UnitDescription
from archive.description.rows import AUTHORITIES, Row, Rows
from archive.models import ArchivalUnit, AuthorityLink
from archive.models.text import TextKind
from archive.sets import TYPE, Member, specs_of
from archive.units import ancestors, path

#: A kind of authority, and its primary key.
Key = tuple[str, int]
#: What can be asked of where documents stand.
SURROUNDINGS = frozenset({"sets", "links", "units"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The trees, the sets and the links that documents are described with."""

    #: setSpecs by document.
    sets: Mapping[int, tuple[str, ...]]
    #: Accepted addresses at others, by authority.
    links: Mapping[Key, Sequence[LinkDescription]]
    #: Those that the documents' references lead to, from the repository down.
    units: Mapping[int, tuple[UnitDescription, ...]]

    @classmethod
    def of(cls, rows: Sequence[Rows], wanted: Collection[str]) -> Surroundings:
        """What these documents stand among, as far as it is ``wanted``: some of :data:`SURROUNDINGS`.

        A query for each thing asked, however many documents they are.
        """
        referring = rows if "units" in wanted else ()
        led_to = {each.unit_id for document in referring for each in document.references if each.unit_id is not None}
        above = ancestors(led_to)
        sets = specs_of(map(_member, rows), units=above) if "sets" in wanted else {}
        described = {pk: unit_of(unit) for pk, unit in above.items()}
        units = {pk: tuple(described[unit.pk] for unit in path(pk, above)) for pk in led_to}
        return cls(sets=sets, links=_links(rows) if "links" in wanted else {}, units=units)


def _member(rows: Rows) -> Member:
    """A document as far as sets ask for it."""
    return Member(
        key=rows.document.pk,
        languages=[text.language for text in rows.texts if text.kind != TextKind.SUMMARY],
        statements=rows.document.statements,
        types=[each.concept__identifier for each in rows.subjects if each.relation == TYPE and each.concept_id],
        collections=[each.collection_id for each in rows.collections],
        units=[each.unit_id for each in rows.references if each.unit_id is not None],
    )


def _links(rows: Iterable[Rows]) -> dict[Key, list[LinkDescription]]:
    """One query for the links of all kinds of authority, instead of one for each kind."""
    authorities: dict[str, set[int]] = {kind: set() for kind in AUTHORITIES}
    for document in rows:
        authorities["agent"].update(each.agent_id for each in document.contributions)
        for subject in document.subjects:
            kind, pk = authority_of(subject)
            authorities[kind].add(pk)
    if not any(authorities.values()):
        return {}
    wanted = reduce(or_, (Q(**{f"{kind}__in": keys}) for kind, keys in authorities.items()))
    found = AuthorityLink.objects.filter(wanted, status=AuthorityLink.Status.ACCEPTED)
    links: dict[Key, list[LinkDescription]] = defaultdict(list)
    for uri, relation, *keys in found.values_list("uri", "relation", *(f"{kind}_id" for kind in AUTHORITIES)):
        authority = next((kind, pk) for kind, pk in zip(AUTHORITIES, keys, strict=True) if pk is not None)
        links[authority].append(LinkDescription(uri, relation))
    return links


def authority_of(subject: Row) -> Key:
    """The one thing that a subject is; the database has a constraint for that."""
    return next((kind, pk) for kind in AUTHORITIES if (pk := getattr(subject, f"{kind}_id")) is not None)


def unit_of(unit: ArchivalUnit) -> UnitDescription:
    """A unit as a part of something else's description."""
    return UnitDescription(unit.identifier, uris.unit(unit.identifier), unit.level, unit.name, unit.title)
