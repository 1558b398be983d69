"""A site with many records, loaded in sets of rows, and what a harvester must get of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

Records = dict[str, bool]
BATCH = 1000


def load(count: int, *, at: datetime, begin: int = 0) -> None:
    """So many documents with their records, one in fifty withdrawn, seven in each second."""
    from archive.models import Collection

    Collection.objects.get_or_create(slug="telegrams", defaults={"title": "Telegrams", "description": "Of 1951"})
    for start in range(begin, begin + count, BATCH):
        _batch(range(start, min(begin + count, start + BATCH)), at)


def change(numbers: range, *, at: datetime) -> None:
    """Write some records anew, and withdraw every tenth of them."""
    from archive.models import Representation, SetMembership

    names = [_name(number) for number in numbers]
    rows = Representation.objects.filter(format="oai_dc", identifier__in=names)
    rows.update(changed_at=at)
    rows.filter(identifier__in=names[::10]).update(withdrawn=True, content=b"", checksum="")
    SetMembership.objects.filter(representation__in=rows).update(changed_at=at)


def records(*, since: datetime | None = None) -> Records:
    """What is to be harvested: OAI identifiers, and whether each is deleted."""
    from archive.models import Representation
    from harvest.provider.identifiers import identifier_of

    rows = Representation.objects.filter(format="oai_dc", **({"changed_at__gte": since} if since else {}))
    return {identifier_of(name): gone for name, gone in rows.values_list("identifier", "withdrawn")}


def _name(number: int) -> str:
    return f"r{number:06}"


def _batch(numbers: range, at: datetime) -> None:
    from django.db import transaction

    from archive.models import Collection, Document, Representation, SetMembership

    with transaction.atomic():
        documents = Document.objects.bulk_create(_documents(numbers, at))
        held = Collection.objects.get(slug="telegrams")
        through: Any = Document.collections.through
        through.objects.bulk_create(through(document=each, collection=held) for each in documents)
        made = Representation.objects.bulk_create(_representations(documents, numbers, at))
        SetMembership.objects.bulk_create(
            SetMembership(representation=each, spec="collection:telegrams", format="oai_dc", changed_at=each.changed_at)
            for each in made
        )


def _documents(numbers: range, at: datetime) -> Iterator[Any]:
    from archive.models import Document

    for number in numbers:
        state = "withdrawn" if number % 50 == 49 else "published"
        title = f"Telegram {number} & «Филиппов» 菲利波夫"
        gone = at if state == "withdrawn" else None
        yield Document(identifier=_name(number), title=title, state=state, published_at=at, withdrawn_at=gone)


def _representations(documents: list[Any], numbers: range, at: datetime) -> Iterator[Any]:
    from hashlib import sha256

    from archive.models import Representation
    from harvest.formats.oai_dc import Element, fragment

    for document, number in zip(documents, numbers, strict=True):
        gone = document.state == "withdrawn"
        content = b"" if gone else fragment([Element("title", document.title), Element("type", "Text")])
        yield Representation(
            document=document, number=document.pk, identifier=document.identifier, format="oai_dc",
            media_type="text/xml", content=content,
            checksum="" if gone else sha256(content).hexdigest(), sets=["collection:telegrams"], withdrawn=gone,
            changed_at=at + timedelta(seconds=number // 7),
        )  # fmt: skip
