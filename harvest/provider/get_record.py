"""GetRecord: one record (OAI-PMH 2.0, section 4.1)."""

from __future__ import annotations

from collections.abc import Iterator

from harvest.formats import BY_PREFIX
from harvest.provider import store
from harvest.provider.answers import Contents, Dated
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
from harvest.provider.rows import Row


def get_record(request: Request, dated: Dated) -> Contents:
    """The record, which may be a deleted one.

    :raises RequestRefusedError: where there is no such item, or no such record of it.
    """
    prefix, identifier = request.arguments["metadataPrefix"], request.arguments["identifier"]
    document = document_of(identifier)
    if not document:
        raise RequestRefusedError(_reasons(prefix, identifier, None))
    found = store.record(prefix, document)
    dated(found.told)
    if not found.rows or prefix not in BY_PREFIX:
        raise RequestRefusedError(_reasons(prefix, identifier, document))
    return Contents(records(found), changed_at=Row._make(found.rows[0]).changed_at)


def _reasons(prefix: str, identifier: str, document: str | None) -> Iterator[ProtocolError]:
    exists = document is not None and store.formats_of(document) is not None
    if not exists:
        yield IdDoesNotExistError(f"There is no item {shown(identifier)}.")
    if prefix not in BY_PREFIX:
        yield CannotDisseminateFormatError(f"There is no format {shown(prefix)} here.")
    elif exists:
        yield CannotDisseminateFormatError(f"The item {shown(identifier)} has no record in the format {prefix}.")
