"""Small builders for documents as tests need them."""

from __future__ import annotations

from typing import Any

from archive import publication
from archive.models import Agent, Collection, Contribution, Document, Text

BODY = "No. 2408\n\nTo discuss this matter, Zhou Enlai will have to meet comrade Filippov again.\n\nRoshchin"


def a_document(identifier: str = "110692", *, body: str = BODY, language: str = "en", **fields: Any) -> Document:
    """A draft document with one text."""
    fields = {"title": f"Telegram {identifier}", "date": "1950-10-13", "identifier": identifier, **fields}
    document = Document.objects.create(**fields)
    Text.objects.create(document=document, kind=Text.Kind.TRANSCRIPT, language=language, body=body)
    return document


def a_published_document(identifier: str = "110692", **fields: Any) -> Document:
    """A document that everybody may see, with its representations."""
    return published(a_document(identifier, **fields))


def published(document: Document) -> Document:
    """The document, published."""
    outcome = publication.publish([document.pk])
    assert not outcome.failed, outcome.failed
    document.refresh_from_db()
    return document


def a_collection(slug: str = "korea", *, parent: Collection | None = None) -> Collection:
    """A collection."""
    return Collection.objects.create(slug=slug, title=f"The {slug} collection", parent=parent)


def a_sender(document: Document, name: str = "Stalin", *, as_written: str = "Filippov") -> Contribution:
    """The sender of a document."""
    agent, _ = Agent.objects.get_or_create(name=name)
    return Contribution.objects.create(
        document=document, agent=agent, role=Contribution.Role.SENDER, as_written=as_written
    )
