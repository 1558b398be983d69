"""Entry: match drafts with what the archive holds, and create or update their documents, many at once.

A document is known again by its identity. What a second source says differently is taken over where the
document still says what the first source said; where a person has changed it since, the person is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F

from archive import history
from archive.accession.arrivals import Arrival
from archive.accession.comparison import changes
from archive.accession.fitting import Unfit, refuse_taken_numbers, refuse_unfit
from archive.accession.joining import join
from archive.accession.mapping import Contents, contents_of
from archive.accession.outcomes import Entry, Outcome
from archive.accession.own import identifier_of
from archive.accession.pages import Paged, enter_pages, scans_of
from archive.accession.understanding import draft_of
from archive.accession.writing import Part, write_documents, write_parts
from archive.drafts import Draft, Membership, RecordId
from archive.inserting import New, Row, values
from archive.models import AccessionItem, Collection, Document
from archive.models.identifiers import PATTERN

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def _nobody(new: New) -> None:
    """Nobody asks for the rows of documents that are new."""


def enter_all(
    arrivals: Sequence[Arrival],
    *,
    collection: Collection | None = None,
    by: User | None = None,
    on_new: Callable[[New], None] = _nobody,
) -> list[Entry]:
    """Create or update the documents that drafts describe, within the caller's transaction; one entry for each.

    ``on_new`` is handed the documents that are new as rows, once all that hangs on them is written.
    The number of queries does not grow with the drafts, but for documents that their source changed. A draft that
    the database would not take is refused alone. Of two drafts of one document, the second comes after the first.
    """
    entries: dict[int, Entry] = {}
    latest: dict[str, Contents] = {}
    for places in _rounds(arrivals):
        batch = _Batch({place: arrivals[place] for place in places}, latest)
        entries |= batch.enter(collection=collection, by=by)
        if batch.new.rows:
            on_new(batch.new)
    return [entries[place] for place in range(len(arrivals))]


def _rounds(arrivals: Sequence[Arrival]) -> Iterator[list[int]]:
    """The places of the drafts, so that no round has two of one identity."""
    rounds: list[list[int]] = []
    seen: dict[str, int] = {}
    for place, arrival in enumerate(arrivals):
        identity = str(arrival.draft.identity)
        number = seen[identity] = seen.get(identity, -1) + 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(place)
    yield from rounds


_OWN = "This archive has the document already, at this very address; it stays as it is."


class _Batch:
    """Drafts of different documents. ``latest`` is what came in of the same documents earlier in the transaction."""

    def __init__(self, arrivals: Mapping[int, Arrival], latest: dict[str, Contents]) -> None:
        self.arrivals = arrivals
        self.latest = latest
        self.entries: dict[int, Entry] = {}
        self.contents: dict[int, Contents] = {}
        self.joins: dict[int, list[Membership]] = {}
        self.parts: list[Part] = []
        self.created: list[Row] = []
        self.new = New()

    def enter(self, *, collection: Collection | None, by: User | None) -> dict[int, Entry]:
        """Enter them all."""
        identities = {place: str(each.draft.identity) for place, each in self.arrivals.items()}
        self._leave_own(identities)
        found = Document.objects.select_for_update().filter(identity__in=identities.values()).order_by("pk")
        documents = {each.identity: each for each in found}
        known = {place: documents[each] for place, each in identities.items() if each in documents}
        self._understand(known)
        self._update(known)
        self._create([place for place in self.contents if place not in known])
        written = write_parts(self.parts)
        self.latest |= {identities[place]: contents for place, contents in self.contents.items()}
        self._enter_pages()
        put_in, entries = join(self.entries, self.joins, collection=collection, by=by)
        self.entries |= entries
        self.new = self._new({**written, "collections": put_in})
        self._record({row["document"] for row in put_in}, by)
        return self.entries

    def _leave_own(self, identities: Mapping[int, str]) -> None:
        """Leave documents as they are that are here under the very address by which their source knows them.

        They came from elsewhere, or were written here; the source is a copy of what this archive published of them.
        """
        own = {name: place for place, each in identities.items() if (name := identifier_of(each, "document"))}
        for document in Document.objects.filter(identifier__in=own) if own else ():
            place = own[document.identifier]
            if document.identity != identities[place]:
                self.entries[place] = Entry(Outcome.KNOWN, document, notice=_OWN)

    def _understand(self, known: Mapping[int, Document]) -> None:
        """Put each draft as the database says it; refuse those that it cannot hold."""
        numbers = {}
        for place, arrival in self.arrivals.items():
            if place in self.entries:
                continue
            if arrival.refused:
                self.entries[place] = Entry(Outcome.REFUSED, None, arrival.refused)
                continue
            contents = contents_of(arrival.draft)
            try:
                refuse_unfit(arrival.draft, contents)
            except Unfit as refusal:
                self.entries[place] = Entry(Outcome.REFUSED, None, str(refusal))
            else:
                self.contents[place] = contents
                numbers[place] = contents.rows["numbers"]
        for place, taken in refuse_taken_numbers(numbers, known).items():
            del self.contents[place]
            self.entries[place] = Entry(Outcome.REFUSED, None, str(taken))

    def _update(self, known: Mapping[int, Document]) -> None:
        """Take over what sources changed of documents that are there."""
        before = _previous([each for each in known.values() if each.identity not in self.latest])
        for place, document in known.items():
            new = self.contents.get(place)
            if new is None:
                continue
            old = self.latest.get(str(document.identity)) or before.get(document.pk)
            self.joins[place] = [each for each in new.collections if old is not None and each not in old.collections]
            outcome = Outcome.KNOWN
            if old is not None and old != new and (change := changes(document, new, old)):
                history.keep([document.pk])
                change.apply()
                self.parts += [self._part(place, document, name, new) for name in change.relations]
                outcome = Outcome.UPDATED
            self.entries[place] = Entry(outcome, document)

    def _create(self, places: Sequence[int]) -> None:
        """Write the documents that are new."""
        self.created = write_documents(
            [{"identity": str(self.arrivals[place].draft.identity), **self.contents[place].fields} for place in places],
            [_record_id(self.arrivals[place].draft) for place in places],
        )
        for place, row in zip(places, self.created, strict=True):
            document = Document.from_db(DEFAULT_DB_ALIAS, list(row), list(row.values()))
            self.entries[place] = Entry(Outcome.CREATED, document)
            contents = self.contents[place]
            self.joins[place] = list(contents.collections)
            self.parts += [self._part(place, document, name, contents) for name in contents.rows]

    def _part(self, place: int, document: Document, relation: str, contents: Contents) -> Part:
        return Part(place, document, self.arrivals[place].source.name, relation, contents.rows[relation])

    def _enter_pages(self) -> None:
        """Enter the pages; a document of which only these are new is updated."""
        paged = {place: each for place in self.contents if (each := self._paged(place))}
        if not paged:
            return
        before = scans_of(each.document.pk for each in paged.values())
        notices = enter_pages(list(paged.values()))
        after = scans_of(before)
        for place, each in paged.items():
            pk, outcome = each.document.pk, self.entries[place].outcome
            if outcome is Outcome.KNOWN and before[pk] != after[pk]:
                outcome = Outcome.UPDATED
            self.entries[place] = Entry(outcome, each.document, notice=notices.get(pk, ""))

    def _paged(self, place: int) -> Paged | None:
        arrival, document = self.arrivals[place], self.entries[place].document
        if document is None or arrival.opened is None:
            return None
        was_there = self.entries[place].outcome is not Outcome.CREATED
        accession = arrival.source.accession_id if was_there else None
        return Paged(document, arrival.draft, arrival.opened, arrival.prepared, accession)

    def _new(self, written: Mapping[str, Sequence[Row]]) -> New:
        """The documents that are new, with those of the rows written that are parts of them."""
        keys = {row["id"] for row in self.created}
        parts = {
            relation: [row for row, (pk,) in zip(rows, values(rows, "document_id"), strict=True) if pk in keys]
            for relation, rows in written.items()
        }
        return New(self.created, parts)

    def _record(self, put_in: set[int], by: User | None) -> None:
        """Write the history of what is new or changed."""
        notes = {
            each.document.pk: self.arrivals[place].source.name
            for place, each in self.entries.items()
            if each.document and (each.changed or each.document.pk in put_in)
        }
        history.begin(self.new, act=history.ACCESSION, by=by, note=notes)
        new = {row["id"] for row in self.new.rows}
        there = {pk: note for pk, note in notes.items() if pk not in new}
        if there:
            history.record(there, act=history.ACCESSION, by=by, note=there)


def _record_id(draft: Draft) -> str:
    """The source's own record id where it can stand in an address, else nothing."""
    field = draft.first(RecordId)
    return field.value.value if field and PATTERN.fullmatch(field.value.value) else ""


def _previous(documents: Sequence[Document]) -> dict[int, Contents]:
    """What the sources said that documents came from last, by primary key of the document.

    A copy of what this archive published is known as the document, and says of no source what it said.
    """
    if not documents:
        return {}
    items = AccessionItem.objects.filter(document__in=documents, state__in=AccessionItem.CAME_IN)
    items = items.filter(identity=F("document__identity"))
    last = dict(items.order_by("finished_at", "pk").values_list("document_id", "pk"))
    found = AccessionItem.objects.filter(pk__in=last.values()).only("document", "identity", "understood")
    return {each.document_id: contents_of(draft_of(each)) for each in found if each.document_id}
