"""Writing: a thing made to say what contents say, and recorded, in one transaction.

What restores a revision writes what somebody made of it too: contents are the one form in which a thing is whole.
Who writes has judged what stands in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import IntegrityError, models, transaction

from archive.history.aggregates import AGGREGATES
from archive.history.contents import Contents, Row, snapshots
from archive.history.entities import put_back
from archive.history.recording import CREATED, EDITED, keep, record
from archive.history.restoring import put_document_back
from archive.history.targets import RestoreRefused, Targets
from archive.models import Document

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class WriteRefused(Exception):  # noqa: N818 - the name says the outcome
    """A thing cannot be made to say that; nothing was changed."""


@transaction.atomic
def write(thing: models.Model, contents: Contents, targets: Targets, *, by: User | None) -> None:
    """Make a thing, new or not, say what contents say; the caller has locked one that is there.

    Rows of a part that say the same stay; what hangs on them stays with them.

    :raises WriteRefused: naming the rule that it would break.
    """
    of = type(thing)
    new = thing._state.adding
    if not new:
        keep([thing.pk], of=of)
    try:
        with transaction.atomic():
            if isinstance(thing, Document):
                put_document_back(thing, contents, targets)
            else:
                put_back(thing, AGGREGATES[of], contents, targets)
    except RestoreRefused as refusal:
        raise WriteRefused(str(refusal)) from refusal
    except IntegrityError as error:
        raise WriteRefused(
            "Another has this name, number or code already, or two rows say the same. Nothing was changed."
        ) from error
    record([thing.pk], act=CREATED if new else EDITED, by=by, of=of)


def keys_of(thing: models.Model, relation: str, rows: Sequence[Row]) -> list[int | None]:
    """The keys of those rows that say what a row of the thing says already; None for new ones."""
    now = snapshots([thing.pk], of=type(thing))[thing.pk] if thing.pk else {"rows": {}, "keys": {}}
    held = list(zip(now["rows"].get(relation, []), now["keys"].get(relation, []), strict=True))
    found: list[int | None] = []
    for row in rows:
        at = next((at for at, (said, _) in enumerate(held) if said == row), None)
        found.append(None if at is None else held.pop(at)[1])
    return found
