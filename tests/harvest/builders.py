"""Documents and records for the tests of harvest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from archive import representations
from archive.description import describe
from archive.models import Collection, Document
from archive.representations import Rendered, Rendering
from harvest.formats import FORMATS

NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)


def document(identifier: str, *, collections: Iterable[Collection] = (), **fields: object) -> Document:
    """A published document, of which nothing has been rendered."""
    made = Document.objects.create(
        identifier=identifier,
        **{"title": f"Telegram {identifier}", "state": "published", "published_at": NOON, **fields},
    )
    made.collections.set(collections)
    return made


def render(*made: Document, at: datetime = NOON) -> None:
    """Write their records at a certain time."""
    keys = {each.identifier: each.pk for each in made}
    rendered = [
        Rendered(
            keys[said.identifier],
            said.identifier,
            said.sets,
            tuple(Rendering(each.format, each.media_type, each.render(said)) for each in FORMATS),
        )
        for said in describe(keys.values())
    ]
    representations.store(rendered, now=at)


def record(identifier: str, *, at: datetime = NOON, **fields: object) -> Document:
    """A published document with its records."""
    made = document(identifier, **fields)
    render(made, at=at)
    return made


def records(number: int, *, of_one_second: int = 7, **fields: object) -> list[str]:
    """Identifiers of so many documents with records, several in each second, as bulk imports leave them."""
    made = [document(f"d{n:03}", **fields) for n in range(number)]
    for first in range(0, number, of_one_second):
        render(*made[first : first + of_one_second], at=NOON + timedelta(seconds=first // of_one_second))
    return [each.identifier for each in made]


def withdraw(made: Document, *, at: datetime) -> None:
    """Take a document back at a certain time."""
    Document.objects.filter(pk=made.pk).update(state="withdrawn", withdrawn_at=at)
    representations.withdraw([made.pk], now=at)
