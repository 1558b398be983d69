"""The fields of a draft by the kind of their value: gone through once for all kinds, and not once for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar, cast

from archive.drafts.draft import Draft, Field
from archive.drafts.values import Value

V = TypeVar("V", bound=Value)


class ByKind:
    """Answers as the draft itself does."""

    def __init__(self, draft: Draft) -> None:
        self._fields: dict[type[Value], list[Field[Value]]] = defaultdict(list)
        for field in draft.fields:
            self._fields[type(field.value)].append(field)

    def all(self, kind: type[V]) -> Sequence[Field[V]]:
        """The fields whose value is a ``kind``, in the order of the source."""
        return cast("Sequence[Field[V]]", self._fields.get(kind, ()))

    def first(self, kind: type[V]) -> Field[V] | None:
        """The first of them, or None."""
        return next(iter(self.all(kind)), None)
