"""Joining: put the documents of a batch into collections, where they are to be or where their sources say they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from archive import history
from archive.accession.collecting import collections_at
from archive.accession.outcomes import Entry, Outcome
from archive.drafts import Membership
from archive.inserting import Row, insert, numbered
from archive.models import Collection, Document

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def join(
    entries: Mapping[int, Entry],
    told: Mapping[int, Sequence[Membership]],
    *,
    collection: Collection | None,
    by: User | None,
) -> tuple[list[Row], dict[int, Entry]]:
    """Put the documents into collections; return the rows that say so, of those that were not in them.

    All go into ``collection``, and each into those that its source says it is in and did not say before, which
    ``told`` has by its place. Returned besides are the entries of those that lack one, which say so now.
    """
    ids = {each.document.pk: each for each in entries.values() if each.document}
    told = {place: members for place, members in told.items() if members}
    if not collection and not told:
        return [], {}
    held = collections_at({each.uri: each.title for members in told.values() for each in members}, by=by)
    wanted = {(collection, pk) for pk in ids} if collection else set()
    wanted |= set(_joining(entries, told, held))
    lacking = {
        place: _left_out(entries[place], out)
        for place, members in told.items()
        if (out := [each for each in members if each.uri not in held])
    }
    return _written(wanted, ids), lacking


def _joining(
    entries: Mapping[int, Entry], told: Mapping[int, Sequence[Membership]], held: Mapping[str, Collection]
) -> Iterator[tuple[Collection, int]]:
    """The collections that are here of those that sources tell, each with a document that is to be in it."""
    for place, members in told.items():
        document = entries[place].document
        assert document is not None, "only those that are in"  # noqa: S101
        yield from ((held[each.uri], document.pk) for each in members if each.uri in held)


def _written(wanted: set[tuple[Collection, int]], entries: Mapping[int, Entry]) -> list[Row]:
    """The rows that lacked, with what the documents said before kept in their history."""
    if not wanted:
        return []
    through = Document.collections.through
    there = through.objects.filter(collection__in={each for each, _ in wanted}, document__in=entries)
    held = set(there.values_list("collection_id", "document_id"))
    lacking = sorted((pk, into.pk, into) for into, pk in wanted if (into.pk, pk) not in held)
    history.keep({pk for pk, *_ in lacking if entries[pk].outcome is Outcome.KNOWN})
    rows = numbered(through, [{"collection": into, "document": pk} for pk, _, into in lacking])
    insert(through, rows)
    return rows


def _left_out(entry: Entry, lacking: Sequence[Membership]) -> Entry:
    """Say which collections a document did not come into."""
    named = ", ".join(f"“{each.title or each.uri}”" for each in lacking)
    said = f"The archive lacks the collections that it is in, and who handed it in may not make any: {named}."
    return replace(entry, notice=f"{entry.notice} {said}".strip())
