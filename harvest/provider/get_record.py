"""GetRecord: one record (OAI-PMH 2.0, section 4.1)."""

from __future__ import annotations

from collections.abc import Iterator

from harvest.formats import BY_PREFIX
from harvest.provider import store
from harvest.provider.answers import Contents
from harvest.provider.arguments import Request
from harvest.provider.errors import (
    CannotDisseminateFormatError,
    IdDoesNotExistError,
    ProtocolError,
    RequestRefusedError,
    shown,
)
from harvest.provider.identifiers import document_of
from harvest.provider.records import records


def get_record(request: Request) -> Contents:
    """The record, which may be a deleted one.

    :raises RequestRefusedError: where there is no such item, or no such record of it.
    """
    prefix, identifier = request.arguments["metadataPrefix"], request.arguments["identifier"]
    document = document_of(identifier)
    row = store.record(prefix, document) if document and prefix in BY_PREFIX else None
    if row is None:
        raise RequestRefusedError(_reasons(prefix, identifier, document))
    return Contents(records([row]), changed_at=row.changed_at)


def _reasons(prefix: str, identifier: str, document: str | None) -> Iterator[ProtocolError]:
    exists = document is not None and store.formats_of(document) is not None
    if not exists:
        yield IdDoesNotExistError(f"There is no item {shown(identifier)}.")
    if prefix not in BY_PREFIX:
        yield CannotDisseminateFormatError(f"There is no format {shown(prefix)} here.")
    elif exists:
        yield CannotDisseminateFormatError(f"The item {shown(identifier)} has no record in the format {prefix}.")
