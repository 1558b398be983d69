"""Documents as the API gives them: their description, and where their other forms are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rest_framework.exceptions import NotFound

from archive import uris
from archive.api import problems
from archive.description import Description, describe
from archive.models import Document, Representation
from archive.representations import registry


@dataclass(frozen=True, slots=True)
class Form:
    """The document in one format, at an address of its own."""

    format: str
    media_type: str
    url: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """One public document."""

    description: Description
    url: str
    representations: Sequence[Form]
    #: Pieces that answer a query.
    excerpts: Sequence[Mapping[str, Any]] = ()

    @property
    def languages(self) -> list[str]:
        """Tags of the languages in which there is a text, each once."""
        return list(dict.fromkeys(text.language for text in self.description.texts if text.language))


def public_document(identifier: str) -> PublicDocument:
    """One document.

    :raises NotFound: there never was a public one of this name.
    :raises Gone: it was withdrawn.
    """
    document = Document.objects.filter(identifier=identifier).only("pk", "state").first()
    if document is None or document.state not in {Document.State.PUBLISHED, Document.State.WITHDRAWN}:
        raise NotFound(f"There is no document {identifier}.")
    found = public_documents([document.pk])
    if not found:
        raise problems.Gone(f"Document {identifier} was withdrawn.")
    return found[0]


def public_documents(ids: Iterable[int]) -> list[PublicDocument]:
    """Documents by primary key, in the order of their keys; the caller has asked which of them are public.

    One that was withdrawn since is left out. The number of queries does not depend on that of documents.
    """
    ids = list(ids)
    forms = _forms(ids)
    return [
        PublicDocument(
            description,
            uris.to("archive_api:document", description.identifier),
            forms.get(description.identifier, []),
        )
        for description in describe(ids, with_sets=False)
        if not description.withdrawn
    ]


def _forms(ids: list[int]) -> dict[str, list[Form]]:
    """Which of the negotiated formats are stored, by the document's identifier, in the order of the registry."""
    formats = {renderer.format: (order, renderer) for order, renderer in enumerate(registry.negotiable())}
    rows = Representation.objects.filter(document__in=ids, format__in=formats, withdrawn=False).values_list(
        "identifier", "format", "media_type", "changed_at"
    )
    found: dict[str, list[Form]] = {}
    for identifier, format_, media_type, changed_at in sorted(rows, key=lambda row: formats[row[1]][0]):
        address = f"{uris.document(identifier)}.{formats[format_][1].extension}"
        found.setdefault(identifier, []).append(Form(format_, media_type, address, changed_at))
    return found
