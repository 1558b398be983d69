"""Notebook: what a worker has read and not written down yet, written in one transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive.accession import leases
from archive.accession.things import enter_things
from archive.accession.understanding import is_keepable, keepable, refused, stored
from archive.accession.units import enter_units
from archive.drafts import Draft, Field, RefusedPart, ThingDraft, UnitDraft, Value
from archive.inserting import Encoded, insert
from archive.models import AccessionItem, AccessionSource
from archive.models.accession import ItemState, SourceState

#: Characters of an identity that its column holds.
IDENTITY_LIMIT = 600


#: What a source can hold: documents, those that its reader refuses, archival units, other things, and members of a
#: container.
Noted = Draft | RefusedPart | UnitDraft | ThingDraft | AccessionSource

#: JSON of what was just put together, which can hold nothing that holds it: not to look for that saves a fifth.
_JSON = json.JSONEncoder(check_circular=False).encode
#: How JSON writes what not every database can hold; some that all can hold looks like that, too.
_SUSPICIOUS = (r"\u0000", r"\ud")

_WAITS = "It describes archival units or other things by themselves, too: they come in with its documents, not before."


class Notebook:
    """What was read of some sources of one accession."""

    def __init__(self, accession_id: int) -> None:
        self.accession_id = accession_id
        #: Sources that others asked for; that another worker has by now; that are ended and written down.
        self.claimed: set[int] = set()
        self.lost: set[int] = set()
        self.closed: set[int] = set()
        self._kept: set[int] = set()
        self._rows: dict[int, AccessionSource] = {}
        self._ended: set[int] = set()
        self._parts: dict[int, int] = {}
        self._items: list[dict[str, Any]] = []
        self._members: list[AccessionSource] = []
        self._units: dict[int, list[UnitDraft]] = defaultdict(list)
        self._things: dict[int, list[ThingDraft]] = defaultdict(list)
        self._count = 0

    def __len__(self) -> int:
        """How many drafts or sources are noted."""
        return self._count

    def claim(self, pk: int) -> None:
        """Note that another source asked for this one."""
        self.claimed.add(pk)

    def note(self, row: AccessionSource, draft: Noted) -> None:
        """Note one thing that a source holds."""
        self._rows[row.pk] = row
        if not self._passes_over(row, draft):
            self._keep(row, draft)
        row.drafts += 1
        self._count += 1

    def _passes_over(self, row: AccessionSource, draft: Noted) -> bool:
        """Whether something is not for this reading: a look takes nothing in, and a second reading no documents."""
        if isinstance(draft, Draft | RefusedPart):
            return row.things_only
        waits = isinstance(draft, UnitDraft | ThingDraft) and row.accession.look_first
        if waits and _WAITS not in row.notices:
            row.notices = [*row.notices, _WAITS]
        return waits

    def _keep(self, row: AccessionSource, draft: Noted) -> None:
        if isinstance(draft, Draft):
            self._items.append(_item(row, self._next_part(row), draft))
        elif isinstance(draft, RefusedPart):
            self._items.append(_refused_item(row, self._next_part(row), draft))
        elif isinstance(draft, UnitDraft):
            self._units[row.pk].append(draft)
        elif isinstance(draft, ThingDraft):
            self._things[row.pk].append(draft)
        else:
            self._members.append(draft)

    def end(self, row: AccessionSource, state: SourceState, *, reason: str = "") -> None:
        """Note that a source is through."""
        row.state, row.reason, row.finished_at = state, reason, timezone.now()
        self._rows[row.pk] = row
        self._ended.add(row.pk)
        self._count += 1

    def _next_part(self, row: AccessionSource) -> int:
        """The number of the next document of a source."""
        if row.pk not in self._parts:
            self._parts[row.pk] = AccessionItem.objects.filter(source=row).count() if row.drafts else 0
        self._parts[row.pk] += 1
        return self._parts[row.pk] - 1

    @transaction.atomic
    def write_down(self) -> None:
        """Write all that was noted of sources that are still this worker's, and forget it."""
        self._keep_beside()
        mine = set(leases.held(AccessionSource.objects.all(), self._rows.values()).values_list("pk", flat=True))
        insert(AccessionItem, (each for each in self._items if each["source"].pk in mine))
        AccessionSource.objects.bulk_create(each for each in self._members if each.container_id in mine)
        for pk in mine & self._units.keys():
            row = self._rows[pk]
            row.notices = [*row.notices, *enter_units(self._units[pk], source=row)]
        for pk in mine & self._things.keys():
            row = self._rows[pk]
            row.notices = [*row.notices, *enter_things(self._things[pk], source=row)]
        self._write_sources(mine)
        self.lost |= self._rows.keys() - mine
        self.closed |= self._ended | self.lost
        self._rows, self._ended, self._items, self._members, self._count = {}, set(), [], [], 0
        self._units.clear()
        self._things.clear()

    def _write_sources(self, mine: set[int]) -> None:
        """Write how far each source is, those alike in one statement."""
        alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for pk in mine:
            row = self._rows[pk]
            told = (row.reader, row.reader_version, row.drafts, row.reason.replace("\x00", "�"), tuple(row.notices))
            alike[(pk in self._ended and row.state, *told)].append(pk)
        for (ended, reader, version, drafts, reason, notices), pks in alike.items():
            end = {"state": ended, "finished_at": timezone.now(), "lease_expires_at": None} if ended else {}
            AccessionSource.objects.filter(pk__in=pks).update(
                reader=reader, reader_version=version, drafts=drafts, reason=reason, notices=list(notices), **end
            )

    def _keep_beside(self) -> None:
        """Let sources that others asked for be no documents, unless they are in the archive already."""
        new = self.claimed - self._kept
        if not new:
            return
        entered = AccessionItem.objects.filter(source__in=new).exclude(state=ItemState.QUEUED)
        companions = AccessionSource.objects.filter(pk__in=new).exclude(state=SourceState.KEPT)
        companions = companions.exclude(pk__in=entered.values("source"))
        pks = list(companions.select_for_update().order_by("pk").values_list("pk", flat=True))
        AccessionItem.objects.filter(source__in=pks).delete()
        AccessionSource.objects.filter(pk__in=pks).update(
            state=SourceState.KEPT, reason="", finished_at=timezone.now(), lease_expires_at=None, retry_at=None
        )
        self._kept |= new
        self.closed |= new


def _item(row: AccessionSource, part: int, draft: Draft) -> dict[str, Any]:
    """The row of a document; of one that no database can hold, with the reason.

    What was understood is put into words here, for these tell at once whether a closer look is needed.
    """
    understood, identity = _JSON(stored(draft)), str(draft.identity)
    suspicious = len(identity) > IDENTITY_LIMIT or any(each in understood for each in _SUSPICIOUS)
    problem = unkeepable(draft) if suspicious else ""
    told = _refusal(problem) if problem else {"identity": identity, "understood": Encoded(understood)}
    return {"accession": row.accession_id, "source": row, "part": part, **told}


def _refused_item(row: AccessionSource, part: int, draft: RefusedPart) -> dict[str, Any]:
    """The row of a document that its reader refused."""
    told = {**_refusal(draft.reason), "understood": refused(draft)}
    return {"accession": row.accession_id, "source": row, "part": part, **told}


def _refusal(reason: str) -> dict[str, Any]:
    return {"state": ItemState.REFUSED, "reason": keepable(reason), "finished_at": timezone.now()}


def unkeepable(draft: Draft) -> str:
    """Why what was understood cannot even be written down; empty if it can."""
    identity = str(draft.identity)
    if len(identity) <= IDENTITY_LIMIT and is_keepable("".join(_words(draft))):
        return ""
    if len(identity) > IDENTITY_LIMIT:
        return (
            f"Its id or address has {len(identity):,} characters; there is room for {IDENTITY_LIMIT}: {identity[:80]}…"
        )
    for field in draft.fields:
        words = "".join(_words_of(field))
        if not is_keepable(words):
            sign = "NUL" if "\x00" in words else "half of a pair"
            where = f", at {field.locator}" if field.locator else ""
            where = f", at characters {field.span.start}–{field.span.end}" if field.span else where
            return f"The field {field.value.name} holds a character that means nothing in any text ({sign}){where}."
    return ""


def _words(draft: Draft) -> Iterator[str]:
    """All words of a document that go into columns."""
    for field in draft.fields:
        yield from _words_of(field)


def _words_of(field: Field[Value]) -> Iterator[str]:
    yield field.inferred
    value = field.value
    for name in getattr(value, "__slots__", ()):
        if isinstance(said := getattr(value, name), str):
            yield said
