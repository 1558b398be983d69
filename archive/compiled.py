"""Statements that Django compiles once, and not each time that they run.

To make SQL of a queryset takes Django ten times as long as the database takes to find the rows of a page. What is asked
stays with querysets, and so do the rules of what is public; only the values are other ones each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from archive.driver import fetched

#: Lists are filled up to a multiple of this, so that there are few statements; with longer ones they are not kept.
STEP, LONGEST = 20, 100
#: What stands for a key, and for a name, while a statement is compiled.
_KEY, _NAME = -(10**12), "\0value "
#: What an empty list holds in place of keys, or of names: there is none such.
KEYS, NAMES = 0, ""

_Statement = tuple[str, tuple[tuple[bool, Any], ...], Any]


class Compiled:
    """Rows as tuples, by lists of values.

    ``rows`` makes a queryset of tuples from as many lists as there are ``kinds``, each :data:`KEYS` or :data:`NAMES`.
    Columns are to be plain ones: no JSON and no moments, which drivers tell in ways of their own. Whatever else the
    queryset holds stays as it was the first time: it must not ask for the day or the hour, nor for a setting.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, Any]], *kinds: int | str) -> None:
        self._rows, self._kinds = rows, kinds
        self._kept = lru_cache(maxsize=32)(self._compile)

    def __call__(self, *lists: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
        """The rows for these values; none where all lists are empty."""
        if lists and not any(lists):
            return ()
        filled = [
            [*each, *[each[-1] if each else kind] * (-len(each) % STEP or (0 if each else STEP))]
            for each, kind in zip(lists, self._kinds, strict=True)
        ]
        lengths = tuple(map(len, filled))
        sql, parameters, compiler = (self._kept if max(lengths, default=0) <= LONGEST else self._compile)(lengths)
        values = [value for each in filled for value in each]
        rows = fetched(sql, tuple(values[it] if is_place else it for is_place, it in parameters), often=True)
        found: Iterable[tuple[Any, ...]] = compiler.results_iter(results=[rows], tuple_expected=True)
        return found

    def _compile(self, lengths: tuple[int, ...]) -> _Statement:
        marks: list[list[Any]] = []
        places: dict[Any, int] = {}
        for length, kind in zip(lengths, self._kinds, strict=True):
            first = len(places)
            marks.append([_KEY - n if kind == KEYS else f"{_NAME}{n}" for n in range(first, first + length)])
            places |= {mark: first + n for n, mark in enumerate(marks[-1])}
        compiler = self._rows(*marks).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        return sql, tuple((True, places[each]) if each in places else (False, each) for each in parameters), compiler
