"""A document with everything that a document can have."""

from __future__ import annotations

from datetime import UTC, date, datetime

from archive.models import (
    Agent,
    ArchivalReference,
    Collection,
    Contribution,
    Document,
    DocumentEvent,
    DocumentNumber,
    Representation,
    Text,
)
from tests.builders import a_collection, a_document

ORIGINAL = 'Товарищу ФИЛИППОВУ.\r\nМао Цзэдун сказал "да" <сразу> & добавил:\u2028\t№ 2406\x01'


def a_full_document(identifier: str = "110692", **fields: object) -> Document:
    """A draft in which no field is empty."""
    document = a_document(
        identifier,
        **{
            "title": "Ciphered telegram, Filippov [Stalin] to Zhou Enlai",
            "title_language": "en",
            "date_verbatim": "July 13, 1950",
            "date": "1950-07-13",
            "date_earliest": date(1950, 7, 13),
            "date_latest": date(1950, 7, 13),
            "original_language": "ru",
            "summary": "Stalin on the English protest.",
            "summary_language": "en",
            "distribution": "Copies: Stalin (2), Molotov",
            "distribution_copies": 3,
            "distribution_possibly_truncated": True,
            "citation": '"Ciphered telegram", July 13, 1950, APRF, Fond 45',
            "rights": "Reuse is welcome.",
            "rights_uri": "http://rightsstatements.org/vocab/CNE/1.0/",
            "source_url": "https://digitalarchive.example.org/document/110692",
            "statements": [
                {"term": "subject", "value": "Korean War", "language": "en", "uri": ""},
                {"term": "subject", "value": "诏书", "language": "zh-Hans", "uri": "http://vocab.example.org/诏书"},
                {"term": "spatial", "value": "Beijing", "language": "en", "uri": "not an address"},
                {"term": "language", "value": "yue", "language": "", "uri": ""},
                {"term": "issued", "value": "1995?", "language": "", "uri": ""},
                {"term": "alternative", "value": "Телеграмма", "language": "ru", "uri": ""},
            ],
            **fields,
        },
    )
    Text.objects.create(document=document, order=1, kind="original", language="ru", body=ORIGINAL)
    Text.objects.create(document=document, order=2, kind="translation", language="en", body="The English have…")
    for order, (kind, value) in enumerate((("telegram", "3305"), ("incoming", "25629"), ("cited", "2406"))):
        DocumentNumber.objects.create(document=document, order=order, kind=kind, value=value)
    for order, (kind, moment) in enumerate((("sent", "1950-07-13T03:15"), ("typed", "1950-07-14"))):
        DocumentEvent.objects.create(
            document=document, order=order, kind=kind, date=moment, place="Beijing", agent="Rubleva",
            note="to the South", verbatim=f"{kind} 13.7.50",
        )  # fmt: skip
    _add_references(document)
    _add_contributions(document)
    document.collections.add(Collection.objects.filter(slug="korea").first() or a_collection("korea"))
    return document


def _add_references(document: Document) -> None:
    for order, (repository, fond, papka) in enumerate((("APRF", "45", ""), ("AVP RF", "059a", "11"), ("", "", ""))):
        ArchivalReference.objects.create(
            document=document, order=order, repository=repository, fond=fond, papka=papka,
            opis="5a" if fond else "", delo="3" if fond else "", listy="ll.0085" if fond else "",
            verbatim=f"{repository or 'somewhere'}, {fond}", understood=bool(fond),
        )  # fmt: skip


def _add_contributions(document: Document) -> None:
    parts = (
        ("sender", "Stalin", "Filippov", "person", None),
        ("addressee", "Zhou Enlai", "ZHOU ENLAI", "person", None),
        ("intermediary", "Soviet embassy", "SOVIET AMBASSADOR", "corporate_body", None),
        ("copy recipient", "Stalin", "Stalin", "person", 2),
        ("translator", "The Ivanovs", "", "family", None),
        ("copy recipient", "8MDGS", "8MDGS", "unknown", 1),
    )
    for order, (role, name, as_written, kind, copies) in enumerate(parts):
        agent, _ = Agent.objects.get_or_create(name=name, defaults={"kind": kind})
        Contribution.objects.create(
            document=document, order=order, role=role, agent=agent, as_written=as_written, copies=copies
        )


def stored(document: Document, format: str, content: bytes = b"{}", *, withdrawn: bool = False) -> Representation:  # noqa: A002
    """A representation of a document."""
    return Representation.objects.create(
        document=document, number=document.pk, identifier=document.identifier, format=format,
        media_type="application/json",
        content=b"" if withdrawn else content, withdrawn=withdrawn, changed_at=datetime(2026, 1, 1, tzinfo=UTC),
        checksum="" if withdrawn else "0" * 64,
    )  # fmt: skip
