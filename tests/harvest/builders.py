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


def render(made: Document, *, at: datetime = NOON) -> Document:
    """The same, with its records written at a certain time."""
    [description] = describe([made.pk])
    renderings = tuple(Rendering(each.format, each.media_type, each.render(description)) for each in FORMATS)
    representations.store([Rendered(made.pk, made.identifier, description.sets, renderings)], now=at)
    return made


def record(identifier: str, *, at: datetime = NOON, **fields: object) -> Document:
    """A published document with its records."""
    return render(document(identifier, **fields), at=at)


def records(number: int, *, of_one_second: int = 7, **fields: object) -> list[str]:
    """Identifiers of so many documents with records, several in each second, as bulk imports leave them."""
    return [
        record(f"d{n:03}", at=NOON + timedelta(seconds=n // of_one_second), **fields).identifier for n in range(number)
    ]


def withdraw(made: Document, *, at: datetime) -> None:
    """Take a document back at a certain time."""
    Document.objects.filter(pk=made.pk).update(state="withdrawn", withdrawn_at=at)
    representations.withdraw([made.pk], now=at)
