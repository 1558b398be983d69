"""The records, as the database holds them: found by key, never counted off.

Lists are in the order of (changed_at, document). The next page begins after the key of the last record, asked for
as a row value: at 990,000 records that takes as long as at 1,000, while OFFSET, and the form with OR that the
ORM would write, take hundreds of times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BooleanField, DateTimeField, F, Func, IntegerField, QuerySet, Value
from django.db.models.lookups import GreaterThan

from archive.conf import conf
from archive.models import Representation, SetMembership
from harvest.formats import BY_PREFIX
from harvest.provider.selection import Key, Position, Selection


class Row(NamedTuple):
    """A record. ``content`` is the stored XML; empty if deleted, or not asked for.

    ``deleted`` is as seen from the list: a document that left a set is deleted for the harvesters of that set.
    """

    key: Key
    identifier: str
    sets: tuple[str, ...]
    deleted: bool
    content: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and the position after it; None after the last."""

    rows: tuple[Row, ...]
    next: Position | None


#: Columns of a record, and those of a record as a member of a set; the content comes last, to be left out.
COLUMNS = ("changed_at", "document_id", "identifier", "sets", "withdrawn", "left", "content")
MEMBER_COLUMNS = (
    "changed_at",
    "representation_id",
    "representation__identifier",
    "representation__sets",
    "representation__withdrawn",
    "left",
    "representation__content",
)


def page(selection: Selection, *, position: Position | None = None, content: bool = True) -> Page:
    """The page of a list after a position, or the first one; at most OAI_PAGE_SIZE rows.

    One query, and one more that counts, on the first page of a list that has a second.
    """
    limit = conf().OAI_PAGE_SIZE
    columns, found = _found(selection, position)
    wanted = columns if content else columns[:-1]
    values = list(found.values_list(*wanted)[: limit + 1])
    rows = tuple(_row(*each, spec=selection.spec) for each in values[:limit])
    if len(values) <= limit:
        return Page(rows, None)
    cursor, size = (position.cursor, position.size) if position else (0, found.count())
    return Page(rows, Position(rows[-1].key, cursor + len(rows), size))


def record(prefix: str, identifier: str) -> Row | None:
    """The record of a document in one format, if there is or was one."""
    values = _records(prefix).filter(identifier=identifier).values_list(*COLUMNS).first()
    return _row(*values) if values else None


def formats_of(identifier: str) -> set[str] | None:
    """The metadataPrefixes in which a document is or was public; None if it never was in any format whatever.

    Asks by way of the document, whose identifier has an index of its own.
    """
    names = set(Representation.objects.filter(document__identifier=identifier).values_list("format", flat=True))
    return names & set(BY_PREFIX) if names else None


def earliest() -> Row | None:
    """The record with the earliest datestamp, without content; None if there is no record at all.

    One look into the index for each format: a MIN over all of them at once would read the whole index.
    """
    first = (_records(prefix).order_by(*COLUMNS[:2]).values_list(*COLUMNS[:-1]).first() for prefix in BY_PREFIX)
    return min((_row(*values) for values in first if values), default=None)


def has_members(spec: str = "") -> bool:
    """Whether a set, or any set at all, has or had a record in it. One look into the index for each format."""
    members = SetMembership.objects.filter(**({"spec": spec} if spec else {}))
    return any(members.filter(format=prefix).exists() for prefix in BY_PREFIX)


class RowValue(Func):
    """``(a, b)``."""

    template = "(%(expressions)s)"
    output_field = BooleanField()  # never read; mixed columns must have one


def _found(selection: Selection, position: Position | None) -> tuple[tuple[str, ...], QuerySet[Any]]:
    """What is left of a list after a position, in order, and the columns to ask for.

    A set is listed by its memberships, which repeat the datestamp, so that it is paged as cheaply as the whole.
    """
    columns: tuple[str, ...] = COLUMNS
    found: QuerySet[Any] = _records(selection.prefix)
    if selection.spec:
        columns, found = MEMBER_COLUMNS, SetMembership.objects.filter(format=selection.prefix, spec=selection.spec)
        if selection.spec in conf().OAI_SETS_WITHOUT_DELETED:
            found = found.filter(left=False, representation__withdrawn=False)
    if position:
        # Without the window's beginning, which lies before: SQLite would start at that one, and read it all again.
        found = found.filter(_after(columns[:2], position.after))
    elif selection.first:
        found = found.filter(changed_at__gte=selection.first)
    if selection.last:
        found = found.filter(changed_at__lte=selection.last.replace(microsecond=999_999))
    return columns, found.order_by(*columns[:2])


def _records(prefix: str) -> QuerySet[Representation]:
    return Representation.objects.filter(format=prefix).annotate(left=Value(False))


def _after(columns: Sequence[str], key: Key) -> GreaterThan:
    """``(a, b) > (c, d)``.

    A lookup: to any other condition Django 6.1 adds ``= True`` on SQLite, which then reads the list from its beginning.
    """
    moment, pk = Value(key.changed_at, DateTimeField()), Value(key.id, IntegerField())
    return GreaterThan(RowValue(*map(F, columns)), RowValue(moment, pk))


def _row(
    changed_at: datetime,
    pk: int,
    identifier: str,
    sets: list[str],
    withdrawn: bool,
    left: bool,
    content: bytes = b"",
    *,
    spec: str = "",
) -> Row:
    """A row as seen from a set, or from the whole.

    The header of a document that left the set names that set alone: it is deleted there and nowhere else.
    """
    return Row(
        key=Key(changed_at, pk),
        identifier=identifier,
        sets=(spec,) if left else tuple(sets),
        deleted=withdrawn or left,
        content=b"" if withdrawn or left else bytes(content),
    )
