"""Searching long lists for parts of words: each column is looked through once, and by itself.

Joined, or asked of every row, a column of another table is looked through as often as there are rows. Here few rows
that have a word are put together by key, and only for a word that many have, each row is asked in the order of the
list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from archive.narrowing import among, few


@dataclass(frozen=True, slots=True)
class Way:
    """Rows of a model that have a word somewhere, and the column by which each leads to what is listed.

    Without a column, it is the listed rows themselves that have it.
    """

    model: type[Model]
    has_it: Q
    column: str = ""

    @property
    def rows(self) -> QuerySet[Any]:
        """The rows."""
        return self.model._default_manager.order_by().filter(self.has_it)

    @property
    def key(self) -> str:
        """The column with the keys of what is listed."""
        return self.column or "pk"

    @property
    def asked_of_each(self) -> Q:
        """The condition on what is listed that such a row leads to it."""
        return Q(Exists(self.rows.filter(**{self.column: OuterRef("pk")}))) if self.column else self.has_it


def answering(listed: QuerySet[Any], typed: str, ways: Callable[[str], Sequence[Way]]) -> QuerySet[Any]:
    """Those of the listed to which, for every word that was typed, one of its ways leads."""
    common: list[Sequence[Way]] = []
    found: set[int] | None = None
    for word in typed.split():
        those = ways(word)
        keys = _keys(those, found)
        if keys is None:
            common.append(those)
        else:
            found = keys
    if found is not None:
        listed = listed.filter(pk__in=among(found))
    for those in common:
        listed = listed.filter(reduce(or_, (way.asked_of_each for way in those)))
    return listed


def contains(column: str, word: str) -> Q:
    """The condition that a column has a word in it.

    SQLite knows capitals of ASCII alone, so another word is asked for with a capital too.
    """
    forms = {word} if word.isascii() else {word, word.lower(), word.capitalize()}
    return reduce(or_, (Q(**{f"{column}__icontains": form}) for form in sorted(forms)))


def _keys(ways: Sequence[Way], within: set[int] | None) -> set[int] | None:
    """What the ways lead to, of that alone which was found by other words; None where it is much."""
    found: set[int] = set()
    for way in ways:
        keys = few(way.rows if within is None else way.rows.filter(**{f"{way.key}__in": among(within)}), way.key)
        if keys is None:
            return None
        found.update(keys)
    return found
