"""Alternatives: authorities of a document that may be the same as others, for a person to merge.

Nothing is merged here. All names of a kind are gone through once for a whole report, and once for a page: no query
for each name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive.accession.likeness import likeness
from archive.accession.mapping import contents_of
from archive.accession.understanding import draft_of
from archive.models import (
    AccessionItem,
    Agent,
    AgentName,
    Concept,
    ConceptLabel,
    Contribution,
    Place,
    PlaceName,
    Subject,
)

#: Where the names of each kind stand: the authorities, their further names, and the column that leads to them.
KINDS: dict[str, tuple[type[Any], type[Any]]] = {
    "agent": (Agent, AgentName),
    "place": (Place, PlaceName),
    "concept": (Concept, ConceptLabel),
}
#: Of one authority, so many others are offered.
MOST = 10


class Likenesses:
    """Who bears names that are alike, by kind; read when it is first asked for."""

    def __init__(self) -> None:
        self._kinds: dict[str, dict[str, set[int]]] = {}

    def bearers(self, kind: str, name: str) -> set[int]:
        """Primary keys of the current authorities that bear a name like this one."""
        if kind not in self._kinds:
            self._kinds[kind] = self._read(kind)
        return self._kinds[kind].get(likeness(name), set()) if name else set()

    def _read(self, kind: str) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        model, further = KINDS[kind]
        current = model._default_manager.filter(merged_into__isnull=True).order_by()
        for pk, name in current.values_list("pk", "name").iterator(5000):
            found[likeness(name)].add(pk)
        labels = further._default_manager.filter(**{f"{kind}__merged_into__isnull": True}).order_by()
        for pk, name in labels.values_list(f"{kind}_id", "value").iterator(5000):
            found[likeness(name)].add(pk)
        return {key: bearers for key, bearers in found.items() if key and len(bearers) > 1}


def alternatives_of(items: Sequence[AccessionItem], names: Likenesses) -> dict[int, list[dict[str, Any]]]:
    """By primary key of the item, each authority of its document that may be another, and ``others`` that it may be.

    Of each its ``kind``, ``key``, ``identifier`` and ``name``. A constant number of queries for all items.
    """
    borne = _borne([each.document_id for each in items if each.document_id])
    alike: dict[int, list[tuple[str, int, set[int]]]] = {}
    for item in items:
        for kind, pk, name in borne.get(item.document_id or 0, []):
            if others := names.bearers(kind, name) - {pk}:
                alike.setdefault(item.pk, []).append((kind, pk, others))
    shown = _shown(each for found in alike.values() for each in found)
    return {item_pk: [_told(each, shown) for each in found] for item_pk, found in alike.items()}


def likely_bearers(item: AccessionItem, names: Likenesses) -> list[dict[str, Any]]:
    """The same for a document that is only looked at: its names, and who bears such already."""
    contents = contents_of(draft_of(item))
    named = {row["agent"] for row in contents.rows["contributions"]}
    named |= {row["authority"] for row in contents.rows["subjects"]}
    found = {(each.kind, each.name): names.bearers(each.kind, each.name) for each in named}
    shown = _shown((kind, 0, pks) for (kind, _), pks in found.items())
    return [
        {"kind": kind, "key": None, "identifier": "", "name": name, "others": _others(kind, pks, shown)}
        for (kind, name), pks in sorted(found.items())
        if pks
    ]


def _borne(document_ids: Sequence[int]) -> dict[int, list[tuple[str, int, str]]]:
    """The authorities of documents: kind, primary key and name, each once for a document."""
    found: dict[int, dict[tuple[str, int], str]] = defaultdict(dict)
    if not document_ids:
        return {}
    parts = Contribution.objects.filter(document__in=document_ids).order_by("order", "pk")
    for document, pk, name in parts.values_list("document_id", "agent_id", "agent__name"):
        found[document]["agent", pk] = name
    for kind in KINDS:
        subjects = Subject.objects.filter(document__in=document_ids, **{f"{kind}__isnull": False})
        rows = subjects.order_by("order", "pk").values_list("document_id", f"{kind}_id", f"{kind}__name")
        for document, pk, name in rows:
            found[document][kind, pk] = name
    return {document: [(kind, pk, name) for (kind, pk), name in held.items()] for document, held in found.items()}


def _shown(alike: Iterable[tuple[str, int, set[int]]]) -> dict[tuple[str, int], dict[str, Any]]:
    """What is shown of authorities: one query a kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, pk, others in alike:
        wanted[kind] |= {pk, *sorted(others)[:MOST]}
    return {
        (kind, row["pk"]): {"key": row["pk"], "identifier": row["identifier"], "name": row["name"]}
        for kind, keys in wanted.items()
        for row in KINDS[kind][0]._default_manager.filter(pk__in=keys).values("pk", "identifier", "name")
    }


def _told(alike: tuple[str, int, set[int]], shown: Mapping[tuple[str, int], dict[str, Any]]) -> dict[str, Any]:
    kind, pk, others = alike
    return {"kind": kind, **shown[kind, pk], "others": _others(kind, others, shown)}


def _others(kind: str, pks: set[int], shown: Mapping[tuple[str, int], dict[str, Any]]) -> list[dict[str, Any]]:
    return [shown[kind, pk] for pk in sorted(pks)[:MOST] if (kind, pk) in shown]
