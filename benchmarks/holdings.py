"""A synthetic archive: documents as the seeds are, with names, references, events, numbers, subjects and texts.

Collections are a tree of two levels, and every document lies in a delo of one fond. The first few thousand come in
through the ORM; the database multiplies them, which is twenty times as fast. Their readiness is written as ``assess``
would; describing each of them takes longer than all the rest. The words under which they are found are noted last.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

BATCH = 1000
#: Documents that come in through the ORM; all further ones are copies of them.
ORIGINALS = 4000
WORDS = "To discuss this matter, Zhou Enlai will have to meet comrade Filippov again. " * 20


def load(count: int) -> None:
    """Bring ``count`` documents in."""
    from archive.finding import note
    from benchmarks.multiplying import multiply

    originals = min(count, ORIGINALS)
    _load(originals)
    multiply(originals, count)
    for start in range(1, count + 1, BATCH):
        note(range(start, min(count, start + BATCH - 1) + 1))


def _load(count: int) -> None:
    """Bring documents in, in batches of one transaction each."""
    from django.db import transaction

    from archive.models import Agent, Collection, Concept, ConceptScheme

    agents = Agent.objects.bulk_create(Agent(name=f"Agent {number}") for number in range(500))
    scheme = ConceptScheme.objects.create(**_scheme())
    concepts = Concept.objects.bulk_create(Concept(scheme=scheme, name=f"Subject {number}") for number in range(100))
    collections = [Collection.objects.create(slug=f"c{number}", title=f"Collection {number}") for number in range(20)]
    Collection.objects.filter(slug__in=["c1", "c2", "c3"]).update(parent=collections[0])
    dela = _dela()
    for start in range(0, count, BATCH):
        with transaction.atomic():
            _batch(range(start, min(count, start + BATCH)), agents, concepts, collections, dela)


def _dela() -> list[Any]:
    """A repository with one fond, fifty opisi, and forty dela in each."""
    from archive.models import ArchivalUnit
    from archive.models.unit import sort_key

    def units(level: str, parents: list[Any], count: int) -> list[Any]:
        return ArchivalUnit.objects.bulk_create(
            ArchivalUnit(parent=parent, level=level, code=str(n), sort_key=sort_key(str(n)))
            for parent in parents
            for n in range(1, count + 1)
        )

    repository = ArchivalUnit.objects.create(level="repository", code="APRF", sort_key=sort_key("APRF"))
    return units("delo", units("opis", units("fond", [repository], 1), 50), 40)


def _scheme() -> dict[str, Any]:
    return {"slug": "subjects", "title": "Subjects"}


def _batch(numbers: range, agents: list[Any], concepts: list[Any], collections: list[Any], dela: list[Any]) -> None:
    from archive.models import (
        ArchivalReference,
        Contribution,
        Document,
        DocumentEvent,
        DocumentNumber,
        Readiness,
        Subject,
        Text,
    )

    documents = Document.objects.bulk_create(_document(number) for number in numbers)
    pairs = list(zip(numbers, documents, strict=True))
    Document.collections.through.objects.bulk_create(
        Document.collections.through(document=each, collection=collections[n % len(collections)]) for n, each in pairs
    )
    Text.objects.bulk_create(Text(document=each, language="en", body=WORDS) for _, each in pairs)
    ArchivalReference.objects.bulk_create(
        ArchivalReference(
            document=each,
            order=k,
            verbatim=f"APRF, Fond 1, Delo {n + k}",
            fond="1",
            delo=str(n + k),
            unit=dela[n % len(dela)],
        )
        for n, each in pairs
        for k in range(2)
    )
    Contribution.objects.bulk_create(
        Contribution(document=each, order=k, agent=agents[(n * 7 + k) % len(agents)], role=role)
        for n, each in pairs
        for k, role in enumerate(("sender", "addressee", "copy recipient", "copy recipient"))
    )
    DocumentNumber.objects.bulk_create(DocumentNumber(document=d, kind="telegram", value=str(n)) for n, d in pairs)
    DocumentEvent.objects.bulk_create(DocumentEvent(document=d, kind="sent", date="1950-07-13") for _, d in pairs)
    Readiness.objects.bulk_create(
        Readiness(document=each, profile=profile, ready=bool(n % 4), lacking=[] if n % 4 else ["rights_uri"])
        for n, each in pairs
        for profile in ("oai_dc", "europeana", "dpla")
    )
    Subject.objects.bulk_create(
        Subject(document=each, relation="about", concept=concepts[n % len(concepts)]) for n, each in pairs
    )


def _document(number: int) -> Any:
    from archive.models import Document

    day = date(1945, 1, 1) + timedelta(days=number % 9000)
    return Document(
        identifier=f"bench-{number}",
        title=f"Telegram {number} from Roshchin to Filippov",
        title_language="en",
        date=day.isoformat(),
        date_earliest=day,
        date_latest=day,
        original_language=("ru", "zh", "ko")[number % 3],
        summary="Stalin on the English protest.",
        rights_uri="http://rightsstatements.org/vocab/CNE/1.0/" if number % 4 else "",
    )


def batches(count: int, length: int) -> Iterator[list[int]]:
    """The primary keys of the archive, in batches."""
    from archive.models import Document

    ids = list(Document.objects.order_by("pk").values_list("pk", flat=True)[:count])
    for start in range(0, len(ids), length):
        yield ids[start : start + length]
