"""OAI identifiers: ``oai:{OAI_NAMESPACE}:{id}``, by the guidelines for the scheme oai."""

from __future__ import annotations

from archive.conf import conf


def identifier_of(document: str) -> str:
    """The OAI identifier of a document."""
    return f"oai:{conf().OAI_NAMESPACE}:{document}"


def document_of(identifier: str) -> str | None:
    """The document's own identifier; None where the OAI identifier is not one of this repository."""
    prefix = identifier_of("")
    return identifier.removeprefix(prefix) if identifier.startswith(prefix) else None
