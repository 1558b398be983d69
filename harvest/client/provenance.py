"""Provenance: where harvested documents came from, for whoever gives them on.

What the provider writes into ``about`` (OAI-PMH guidelines for provenance): the repository, identifier, datestamp and
format that the record had there, when it was harvested, and what that repository told of where it had it from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from archive.models import Document
from archive.models.document import DocumentQuerySet
from harvest.client.intake import identifier_of
from harvest.models import HarvestedRecord


@dataclass(frozen=True, slots=True)
class Origin:
    """One ``originDescription``; all strings as provenance.xsd has them, ``harvest_date`` in UTC to the second.

    ``altered`` is true for what came by Fonds: a record is rendered anew from the document, never passed on as bytes.
    """

    base_url: str
    identifier: str
    datestamp: str
    metadata_namespace: str
    harvest_date: str
    altered: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document came from: each of ``origins`` holds the next one in its ``originDescription``."""

    origins: tuple[Origin, ...]


def provenance_of(document_ids: Iterable[int]) -> Mapping[int, Provenance]:
    """The provenance of those of some documents that were harvested, by primary key; two queries.

    Documents that were not harvested are not in it. Ask for a page of documents at a time: some hundreds.
    """
    return _provenances(Document.objects.filter(pk__in=list(document_ids)), "pk")


def provenance_by_identifier(identifiers: Iterable[str]) -> Mapping[str, Provenance]:
    """The same, by the documents' own identifiers."""
    return _provenances(Document.objects.filter(identifier__in=list(identifiers)), "identifier")


def _provenances(documents: DocumentQuerySet, key: str) -> dict[Any, Provenance]:
    harvested = documents.filter(identity__startswith="oai:").order_by()
    identifiers = {found: identifier_of(identity) for found, identity in harvested.values_list(key, "identity")}
    records = {
        each.identifier: each
        for each in HarvestedRecord.objects.filter(identifier__in=[each for each in identifiers.values() if each])
    }
    return {found: _provenance(records[name]) for found, name in identifiers.items() if name in records}


def _provenance(record: HarvestedRecord) -> Provenance:
    nearest = Origin(
        base_url=record.base_url,
        identifier=record.identifier,
        datestamp=record.datestamp,
        metadata_namespace=record.metadata_namespace,
        harvest_date=record.harvested_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        altered=True,
    )
    return Provenance((nearest, *(Origin(**each) for each in record.origins)))
