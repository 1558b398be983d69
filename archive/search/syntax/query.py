"""The query as a tree, and its leaves as they are looked for in text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from archive.search.words import Wanted

#: Words that stand one after the other, each with what answers it.
Run = tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that belong together. One of the runs must be found: En-lai is a run of two, and Enlai of one."""

    runs: tuple[Run, ...]
    #: In which columns of the index; empty: in all that are read.
    columns: tuple[str, ...] = ()
    #: The last word is the beginning of a longer one.
    prefix: bool = False
    #: In quotation marks: no other forms of the words.
    exact: bool = False
    #: Where it stands in what was typed.
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Has:
    """A code, or the name of a thing, that stands whole in a column."""

    column: str
    value: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """Documents that may be from these days; None is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Everything:
    """All that everybody may see."""


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of them at least."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All others."""

    node: Node


Node = Clause | Has | Dates | Everything | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed. ``node`` is None where there is nothing in it that can be looked for."""

    typed: str
    node: Node | None = None
    #: Part of what was typed was left out, because it was too long.
    cut: bool = False

    def __bool__(self) -> bool:
        return self.node is not None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The words that are to be found, and so to be lit: those under a NOT are not among them."""
        return tuple(_positive(self.node)) if self.node is not None else ()

    def looks_in(self, column: str) -> bool:
        """Whether any of the :attr:`clauses` is looked for in a column."""
        return any(not clause.columns or column in clause.columns for clause in self.clauses)

    def answered_by(self, clauses: Collection[int]) -> bool:
        """Whether a document is found by these of the :attr:`clauses` alone, given by their places among them."""
        return self.node is None or _answered(self.node, clauses, count())


def _positive(node: Node) -> Iterator[Clause]:
    match node:
        case Clause():
            yield node
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from _positive(each)


def _answered(node: Node, clauses: Collection[int], places: Iterator[int]) -> bool:
    """``places`` counts the clauses in the order of :func:`_positive`. A date, or what is under a NOT, needs none."""
    match node:
        case Clause():
            return next(places) in clauses
        case And(nodes) | Or(nodes):
            each_is = [_answered(each, clauses, places) for each in nodes]  # all of them, for the sake of the places
            return all(each_is) if isinstance(node, And) else any(each_is)
        case _:
            return True
