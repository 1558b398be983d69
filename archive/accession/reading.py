"""Reading: take sources under a lease, stream each once, and write down the documents that it holds, in batches.

After a kill the next worker goes on after the drafts that are written down already. A source that is a container
becomes sources of its own; one that another source asks for is kept beside that one, and is no document.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet

from archive.accession import leases
from archive.accession.allowance import Allowances
from archive.accession.leases import LeaseLost
from archive.accession.neighbours import beside, joins_others
from archive.accession.notebook import Notebook, Noted
from archive.accession.originals import Originals
from archive.accession.unpacking import members_of
from archive.conf import conf
from archive.containers import Container, container_of
from archive.models import AccessionSource
from archive.models.accession import SourceState
from archive.readers import Companion, Source, SourceRefused, drafts_of
from archive.readers.tables import ColumnMapping

logger = logging.getLogger(__name__)

#: Sources taken under one lease.
SOURCES = 500
#: Drafts written down at once.
DRAFTS = 500


class _NotWritten(Exception):  # noqa: N818 - the name says the outcome
    """What was read cannot be written down. Its cause says why; the reader is not to blame."""


def rows() -> QuerySet[AccessionSource]:
    """Sources with what reading asks of them."""
    return AccessionSource.objects.select_related("original").prefetch_related("accession")


def take(accession_id: int, *, limit: int = SOURCES) -> list[AccessionSource]:
    """Take the next sources under a lease, or none where nothing is to be taken now."""
    return leases.take(rows(), accession_id=accession_id, limit=limit)


def read(batch: list[AccessionSource], originals: Originals) -> None:
    """Read sources that this worker has taken, and write down what is in them, and how each ended."""
    try:
        _Reading(batch, originals).run()
    except _NotWritten as error:
        logger.exception("what was read of accession %s cannot be written down", batch[0].accession_id)
        leases.put_back(rows(), batch, reason=leases.said(error.__cause__ or error))


class _Reading:
    """One worker's way through a batch of sources."""

    def __init__(self, batch: list[AccessionSource], originals: Originals) -> None:
        self.batch = batch
        self.originals = originals
        self.notebook = Notebook(batch[0].accession_id)
        self.renewed = time.monotonic()
        self.joins: dict[int | None, bool] = {}
        self.allowances = Allowances()

    def run(self) -> None:
        """Read them all."""
        for source in self.batch:
            if source.pk not in self.notebook.claimed:
                self._read(source)
        self._write_down()

    def _read(self, row: AccessionSource) -> None:
        try:
            for draft in self._drafts(row):
                self._note(row, draft)
            if not row.drafts:
                row.notices = ["There is no document in it."]
            self.notebook.end(row, SourceState.READ)
        except Companion as companion:
            row.notices = [str(companion)]
            self.notebook.end(row, SourceState.KEPT)
        except SourceRefused as refusal:
            self.notebook.end(row, SourceState.REFUSED, reason=str(refusal))
        except LeaseLost:
            logger.warning("source %s was taken over by another worker", row.pk)
        except _NotWritten:
            raise
        except Exception as error:
            logger.exception("source %s of accession %s failed", row.pk, row.accession_id)
            self._write_down()
            leases.put_back(rows(), [row], reason=leases.said(error))

    def _drafts(self, row: AccessionSource) -> Iterator[Noted]:
        """What the source holds, but for what is written down already."""
        source = self._opened(row)
        if container_of(source) and (container := container_of(source, limits=self.allowances.of(row))):
            return self._members(row, source, container)
        reader, drafts = drafts_of(source)
        row.reader, row.reader_version = reader.name, reader.version
        return islice(drafts, row.drafts, None)

    def _members(self, row: AccessionSource, source: Source, container: Container) -> Iterator[AccessionSource]:
        """The members of a container, as sources of their own."""
        row.reader, row.reader_version = container.name, container.version
        row.notices = list(container.remarks(source))
        for member in members_of(row, source, container, self.originals):
            self.allowances.spend(member)
            yield member

    def _opened(self, row: AccessionSource) -> Source:
        """The source of a row, with those that it can name beside it."""
        assert row.original is not None, "what has none was refused before"  # noqa: S101
        if row.container_id not in self.joins:
            self.joins[row.container_id] = joins_others(row)
        neighbours = beside(
            row,
            self.originals.source_of,
            lambda other: self.notebook.claim(other.pk),
            joins=self.joins[row.container_id],
        )
        source = self.originals.source_of(row.original, row.name, neighbours=neighbours)
        source.mapping = ColumnMapping.from_data(row.accession.mapping)
        return source

    def _note(self, row: AccessionSource, draft: Noted) -> None:
        """Note a draft, and write down what has come together.

        :raises LeaseLost: if another worker has the source by now.
        """
        if row.pk in self.notebook.lost:
            raise LeaseLost
        self.notebook.note(row, draft)
        if len(self.notebook) >= DRAFTS or time.monotonic() - self.renewed > conf().LEASE_SECONDS / 3:
            self._write_down()

    def _write_down(self) -> None:
        """Write down what was noted, and hold on to the sources that are still to be read."""
        try:
            self.notebook.write_down()
            leases.renew(rows(), [each for each in self.batch if each.pk not in self.notebook.closed])
        except Exception as error:
            raise _NotWritten from error
        self.renewed = time.monotonic()
