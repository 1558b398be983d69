"""The records, as the provider's verbs ask for them. How they are found is in harvest.provider.rows."""

from __future__ import annotations

from typing import NamedTuple

from archive.conf import conf
from archive.models import Representation, SetMembership
from harvest.formats import BY_PREFIX
from harvest.provider import rows, sizes
from harvest.provider.rows import Found, Row
from harvest.provider.selection import Position, Selection


class Page(NamedTuple):
    """One page of a list, and the position after it; None after the last."""

    found: Found
    next: Position | None


def page(selection: Selection, *, position: Position | None = None, content: bool = True) -> Page:
    """The page of a list after a position, or the first one; at most OAI_PAGE_SIZE rows, in order of datestamp.

    One query, two on SQLite, and one more that counts, on the first page of a list that has a second.
    """
    limit = conf().OAI_PAGE_SIZE
    found = rows.page(selection, position.after if position else None, limit=limit + 1, content=content)
    if len(found.rows) <= limit:
        return Page(found, None)
    del found.rows[limit:]
    cursor, size = (position.cursor, position.size) if position else (0, sizes.size(selection))
    return Page(found, Position(rows.key(found.rows[-1]), cursor + limit, size))


def record(prefix: str, identifier: str) -> Found:
    """The record of a document in one format, if there is or was one."""
    return rows.record(prefix, identifier)


def formats_of(identifier: str) -> set[str] | None:
    """The metadataPrefixes in which a document is or was public; None if it never was in any format whatever."""
    names = set(Representation.objects.filter(identifier=identifier).values_list("format", flat=True))
    return names & set(BY_PREFIX) if names else None


def earliest() -> Row | None:
    """The record with the earliest datestamp, without content; None if there is no record at all.

    One look into the index for each format: a MIN over all of them at once would read the whole index.
    """
    return min(filter(None, map(rows.earliest, BY_PREFIX)), default=None)


def has_members(spec: str = "") -> bool:
    """Whether a set, or any set at all, has or had a record in it. One look into the index for each format."""
    members = SetMembership.objects.filter(**({"spec": spec} if spec else {}))
    return any(members.filter(format=prefix).exists() for prefix in BY_PREFIX)
