"""ListMetadataFormats: in which formats there are records, or the records of one item (OAI-PMH 2.0, section 4.4)."""

from __future__ import annotations

from harvest.formats import OFFERED
from harvest.provider import store
from harvest.provider.errors import IdDoesNotExistError, NoMetadataFormatsError, shown
from harvest.provider.identifiers import document_of


def list_metadata_formats(identifier: str | None = None) -> list[tuple[str, str, str]]:
    """Prefix, schema and namespace of each format, as pyoai writes them down.

    An item that was withdrawn still has its formats: its records are there, as deleted ones.

    :raises IdDoesNotExistError: where there is no such item.
    :raises NoMetadataFormatsError: where the item is public, but in no format that can be harvested.
    """
    formats = [(each.format, each.schema, each.namespace) for each in OFFERED]
    if identifier is None:
        return formats
    document = document_of(identifier)
    names = store.formats_of(document) if document else None
    if names is None:
        raise IdDoesNotExistError(f"There is no item {shown(identifier)}.")
    if not names:
        raise NoMetadataFormatsError(f"The item {shown(identifier)} has no metadata format.")
    return [each for each in formats if each[0] in names]
