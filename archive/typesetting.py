"""Typesetting: page images for documents of which there is no scan, so that no viewer shows a blank."""

from __future__ import annotations

from archive.models import Document


class TypesettingError(Exception):
    """A text cannot be set; the message says which characters have no font."""


def typeset(document: Document) -> None:
    """Make the pages of a document from its texts, if it has no scans; pages that are right stay as they are.

    :raises TypesettingError: where no font has the characters of a text.
    """
