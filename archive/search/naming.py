"""Names: what is known of things that many documents share, read once for all of a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value

from archive.compiled import NAMES, Compiled
from archive.description import Description
from archive.models import AgentName, Collection, ConceptLabel, PlaceName

#: Where the further names of each kind of authority stand that everybody may see.
_NAMES: dict[str, Callable[[], QuerySet[Any]]] = {
    "agent": AgentName.objects.public,
    "place": PlaceName.objects.all,
    "concept": ConceptLabel.objects.all,
}


@dataclass(frozen=True, slots=True)
class Names:
    """Further names of authorities, by kind and identifier; and the tree of collections."""

    _further: Mapping[tuple[str, str], Sequence[str]]
    _parents: Mapping[str, str | None]

    @classmethod
    def of(cls, descriptions: Iterable[Description]) -> Names:
        """What has to do with these documents, with a constant number of queries."""
        wanted: dict[str, set[str]] = defaultdict(set)
        collected = False
        for each in descriptions:
            collected = collected or bool(each.collections)
            wanted["agent"].update(c.agent_identifier for c in each.contributions)
            for subject in each.subjects:
                wanted[subject.kind].add(subject.identifier)
        further: dict[tuple[str, str], list[str]] = defaultdict(list)
        for identifier, value, kind in _called(*(sorted(wanted[kind]) for kind in _NAMES)):
            further[kind, identifier].append(value)
        parents = dict(Collection.objects.order_by().values_list("slug", "parent__slug")) if collected else {}
        return cls(further, parents)

    def further(self, kind: str, identifier: str) -> Sequence[str]:
        """The public names of an authority beside its preferred one."""
        return self._further.get((kind, identifier), ())

    def collections_above(self, slugs: Iterable[str]) -> list[str]:
        """Collections and all that they are part of."""
        found: dict[str, None] = {}
        for slug in slugs:
            above: str | None = slug
            while above is not None and above not in found:
                found[above] = None
                above = self._parents.get(above)
        return list(found)


def _further(*identifiers: Sequence[str]) -> QuerySet[Any, Any]:
    """The further names of some authorities, by the identifiers of each kind."""
    rows = [
        names()
        .filter(**{f"{kind}__identifier__in": wanted})
        .order_by()
        .annotate(of_kind=Value(kind, CharField()))
        .values_list(f"{kind}__identifier", "value", "of_kind")
        for (kind, names), wanted in zip(_NAMES.items(), identifiers, strict=True)
    ]
    union: QuerySet[Any, Any] = rows[0].union(*rows[1:], all=True).order_by()
    return union


_called = Compiled(_further, *[NAMES] * len(_NAMES))
