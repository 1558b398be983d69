"""Reading a query: from what was typed to a tree.

    query  = either
    either = both (OR both)*
    both   = each (AND? each)*
    each   = NOT each | "(" either ")" | field value | value

Words that stand beside each other must all be found; of, the, from and the like fall away beside others, as do signs
that mean nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from archive.search.syntax.days import dates
from archive.search.syntax.fields import FIELDS, THINGS, Kind
from archive.search.syntax.marks import Mark, marks
from archive.search.syntax.query import And, Clause, Has, Node, Not, Or, Query, Run
from archive.search.syntax.trouble import QueryError
from archive.search.words import JOINING, Token, Wanted, analyse, wanted

#: Characters of a query that are read at all, leaves that are asked for, and parentheses within each other.
LENGTH_LIMIT = 1_000
LEAF_LIMIT = 24
DEPTH_LIMIT = 12
#: Letters before a star. A character of a script without blanks is enough.
PREFIX_LIMIT = 2

#: Signs that hold one expression together: don't, Sino-Soviet, ll.0085, 13/10.
JOINERS = frozenset(["", "-", "‐", "‑", ".", "'", "’", "ʼ", "/", "&", "·"])

#: Halves of characters, which can be typed but not be written as UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(typed: str, *, languages: Iterable[str] = ()) -> Query:
    """Take a query apart, for an archive that has texts in these languages.

    :raises QueryError: where it cannot be understood; it says why, and where.
    """
    text = _SURROGATE.sub("\ufffd", typed[:LENGTH_LIMIT])
    reading = _Reading(list(marks(text)), tuple(languages), len(text))
    node = reading.either()
    if reading.more():
        mark = reading.next()
        raise QueryError(_("This parenthesis closes none."), mark.start, mark.end)
    return Query(typed, node, cut=len(typed) > LENGTH_LIMIT or reading.left_out)


class _Reading:
    """Where reading has come to. One method for each rule of the grammar."""

    def __init__(self, found: Sequence[Mark], languages: tuple[str, ...], length: int) -> None:
        self._marks, self._languages, self._length = found, languages, length
        self._at = self._depth = self._leaves = 0
        self.left_out = False

    def more(self) -> bool:
        return self._at < len(self._marks)

    def next(self) -> Mark:
        mark = self._marks[self._at]
        self._at += 1
        return mark

    def either(self) -> Node | None:
        nodes = [self.both()]
        while self._sees("OR"):
            operator = self.next()
            node = self.both()
            if node is None or nodes[-1] is None:
                raise QueryError(_both_sides(operator), operator.start, operator.end)
            nodes.append(node)
        return _joined(Or, nodes)

    def both(self) -> Node | None:
        nodes: list[Node | None] = []
        while self.more() and not self._sees("OR", "close"):
            if self._sees("AND"):
                self._conjunction(beginning=not nodes)
            nodes.append(self._each())
        return _joined(And, _telling(list(dict.fromkeys(nodes))))

    def _conjunction(self, *, beginning: bool) -> None:
        operator = self.next()
        if beginning or not self.more() or self._sees("AND", "OR", "close"):
            raise QueryError(_both_sides(operator), operator.start, operator.end)

    def _each(self) -> Node | None:
        mark = self.next()
        match mark.kind:
            case "NOT":
                return self._negation(mark)
            case "open":
                return self._parenthesis(mark)
            case "field":
                return self._leaf(self._value(mark.text))
            case _:
                return self._leaf(self._words(mark, ()))

    def _negation(self, operator: Mark) -> Node:
        if not self.more() or self._sees("AND", "OR", "close"):
            raise QueryError(_something_after(operator), operator.start, operator.end)
        self._deeper(operator)
        node = self._each()
        self._depth -= 1
        if node is None:
            raise QueryError(_something_after(operator), operator.start, operator.end)
        return Not(node)

    def _parenthesis(self, opening: Mark) -> Node | None:
        self._deeper(opening)
        node = self.either()
        self._depth -= 1
        if not self._sees("close"):
            raise QueryError(_("This parenthesis is never closed."), opening.start, opening.end)
        self.next()
        return node

    def _value(self, name: str) -> Node | None:
        field, mark = FIELDS[name], self.next()
        if mark.kind not in {"word", "quoted"}:
            message = _("“%(name)s:” needs a word or a phrase after it.")
            raise QueryError(message % {"name": name}, mark.start, mark.end)
        match field.kind:
            case Kind.WORDS:
                return self._words(mark, field.columns)
            case Kind.DATE:
                return dates(mark.text.strip(), mark.start)
            case Kind.THING if mark.text.lower() not in THINGS:
                message = _("After “has:” there can be: %(things)s.")
                raise QueryError(message % {"things": ", ".join(THINGS)}, mark.start, mark.end)
        return _code(field.columns[0], mark)

    def _words(self, mark: Mark, columns: tuple[str, ...]) -> Node | None:
        if mark.kind == "quoted":
            return _phrase(list(analyse(mark.text)), columns, mark)
        starred = mark.text.endswith("*")
        expressions = list(_expressions(mark.text))
        clauses = [
            self._expression(run, mark, columns, prefix=starred and run is expressions[-1]) for run in expressions
        ]
        return _joined(And, clauses)

    def _expression(self, run: list[Token], mark: Mark, columns: tuple[str, ...], *, prefix: bool) -> Clause:
        start, end = mark.start + run[0].start, mark.start + run[-1].end
        if prefix and len(run) == 1 and len(run[0].term) < PREFIX_LIMIT and run[0].term.isascii():
            message = _("Write at least %(count)s letters before the star.")
            raise QueryError(message % {"count": PREFIX_LIMIT}, start, end + 1)
        runs: list[Run] = [tuple(Wanted(token.term) for token in run)]
        if len(run) == 1 and not prefix:
            runs = [(wanted(run[0].term, self._languages),)]
        elif run[0].joined and run[0].joined_end == run[-1].end:
            runs.append((Wanted(run[0].joined),))
        return Clause(tuple(runs), columns, prefix=prefix, start=start, end=end)

    def _leaf(self, node: Node | None) -> Node | None:
        self._leaves += 1
        if self._leaves <= LEAF_LIMIT:
            return node
        self.left_out = True
        return None

    def _deeper(self, mark: Mark) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            message = _("There are more than %(count)s parentheses within each other.")
            raise QueryError(message % {"count": DEPTH_LIMIT}, mark.start, mark.end)

    def _sees(self, *kinds: str) -> bool:
        return self.more() and self._marks[self._at].kind in kinds


def _both_sides(operator: Mark) -> str:
    return _("%(operator)s needs something on both sides.") % {"operator": operator.text}


def _something_after(operator: Mark) -> str:
    return _("%(operator)s needs a word after it.") % {"operator": "NOT" if operator.text == "-" else operator.text}


def _joined(kind: type[And] | type[Or], nodes: Sequence[Node | None]) -> Node | None:
    """What is left of several; one alone needs no joining."""
    left = tuple(node for node in nodes if node is not None)
    return kind(left) if len(left) > 1 else left[0] if left else None


def _telling(nodes: list[Node | None]) -> list[Node | None]:
    """Without words that only join others, where there are others. In a phrase and in a field they count."""
    rest = [node for node in nodes if not (isinstance(node, Clause) and _joins(node))]
    return rest if any(node is not None and not isinstance(node, Not) for node in rest) else nodes


def _joins(clause: Clause) -> bool:
    ((word, *further), *others) = clause.runs
    plain = not (further or others or clause.columns or clause.exact or clause.prefix)
    return plain and word.term in JOINING


def _phrase(tokens: Sequence[Token], columns: tuple[str, ...], mark: Mark) -> Clause | None:
    run = tuple(Wanted(token.term) for token in tokens)
    return Clause((run,), columns, exact=True, start=mark.start, end=mark.end) if run else None


def _code(column: str, mark: Mark) -> Has:
    value = mark.text.strip().casefold()
    return Has(column, value.rstrip("*"), prefix=value.endswith("*") and len(value) > 1)


def _expressions(text: str) -> Iterator[list[Token]]:
    """Words, and runs of tokens with nothing but a joiner between them: 停战协定 is asked for as a phrase."""
    run: list[Token] = []
    for token in analyse(text):
        if run and text[run[-1].end : token.start] not in JOINERS:
            yield run
            run = []
        run.append(token)
    if run:
        yield run
