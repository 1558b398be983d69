"""Intake: the one place where what was harvested is handed to the archive, by the route of every other source."""

from __future__ import annotations

from collections.abc import Sequence

from archive import accession
from archive.conf import conf
from archive.models import Accession
from archive.models.accession import AccessionState
from archive.readers import Source
from archive.readers.oai import SCHEME
from harvest.client.records import Record
from harvest.models import HarvestRun

#: States in which an accession may still bring documents in, or publish them.
IN_WORK = (AccessionState.QUEUED, AccessionState.RUNNING)


def hand_in(records: Sequence[Record], *, run: HarvestRun) -> Accession:
    """An accession with a source for each record, within the caller's transaction."""
    sources = [Source(each.identifier, each.content) for each in records]
    source = run.source
    return accession.submit(sources, publish=source.publish, collection=source.collection, created_by=run.created_by)


def too_large(record: Record) -> bool:
    """Whether the archive takes no source as large as this record."""
    return len(record.content) > conf().SOURCE_LIMIT


def identity_of(identifier: str) -> str:
    """The identity of the document that a record becomes, as ``Document.identity`` has it."""
    return f"{SCHEME}:{identifier}"


def identifier_of(identity: str | None) -> str | None:
    """The OAI identifier in a document's identity; None where the document was not harvested."""
    prefix = f"{SCHEME}:"
    return identity.removeprefix(prefix) if identity and identity.startswith(prefix) else None
