"""Previews: a document as it would be if it were public, for those who are given a link to it.

A link carries a signed token, and nothing is stored. It is good for some days, and only while the document
stays in the state in which the link was made: the token names the last change of state, so that one who may no
longer look is shut out by the same step that ends the review. Which app has the page is not known here; it
registers itself, as archive.web does.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from django.core import signing
from django.http import HttpRequest, HttpResponse

from archive.conf import conf
from archive.models import Document

SALT = "archive.preview"


class PreviewEnded(Exception):  # noqa: N818 - the name says the outcome
    """The link was good once: it is too old, or the document has changed its state."""


class PagePreview(Protocol):
    """Whatever app has the public page of a document."""

    def page(self, request: HttpRequest, document: Document) -> HttpResponse:
        """The page of a document in any state, marked as a preview."""

    def address(self, token: str) -> str:
        """The public address under which whoever holds the token finds that page."""


class Registry:
    """The one app that has the page, if any is installed."""

    def __init__(self) -> None:
        self.preview: PagePreview | None = None

    def register(self, preview: PagePreview) -> None:
        """Say who has the page."""
        self.preview = preview


registry = Registry()


def token_of(document: Document) -> str:
    """A token for the document as it stands now."""
    return signing.dumps([document.identifier, *_standing(document)], salt=SALT, compress=True)


def document_of(token: str) -> Document | None:
    """The document that a token lets its holder see; None for what is no token of ours.

    :raises PreviewEnded: if it did so once.
    """
    try:
        identifier, *standing = signing.loads(token, salt=SALT, max_age=timedelta(days=conf().PREVIEW_DAYS))
    except signing.SignatureExpired as expired:
        raise PreviewEnded(f"The link was good for {conf().PREVIEW_DAYS} days.") from expired
    except (signing.BadSignature, ValueError):
        return None
    document = Document.objects.filter(identifier=identifier).first()
    if document is None or standing != _standing(document):
        raise PreviewEnded("The document is no longer in the state in which the link was made.")
    return document


def _standing(document: Document) -> list[str | int]:
    """The state, and the step that led to it: a draft that was reviewed and came back is another draft."""
    last = document.state_changes.order_by("-pk").values_list("pk", flat=True).first()
    return [document.state, last or 0]
