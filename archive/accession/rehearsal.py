"""Rehearsal: the same reading and the same entry, batch by batch, rolled back at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from django.db import transaction

from archive.accession.originals import Lent
from archive.accession.report import Report, foretold, reports_of
from archive.accession.submission import Given, files_of, mapping_of, refuse_too_large, write_down
from archive.accession.vanished import vanished_reports
from archive.accession.work import Step, step
from archive.drafts import RecordId
from archive.models import Accession, Collection
from archive.models.accession import AccessionState


def rehearse(given: Sequence[Given], *, collection: Collection | None = None) -> list[Report]:
    """What an accession of these sources would do. Nothing is kept.

    :raises TooLarge: naming the first source that is over the site's limit.
    """
    return list(rehearsed(given, collection=collection))


def _foretold(report: Report) -> Report:
    own = [each["value"]["value"] for each in report.fields if each["field"] == RecordId.name]
    return replace(report, identifier=foretold(report.identifier, report.outcome, own))


def _nobody(accession: Accession) -> None:
    """Nobody waits to hear of progress."""


def rehearsed(
    given: Sequence[Given],
    *,
    collection: Collection | None = None,
    replaces: Accession | None = None,
    rereads: Accession | None = None,
    on_progress: Callable[[Accession], None] = _nobody,
) -> Iterator[Report]:
    """The same, report by report. Everything is rolled back when the last one was asked for.

    ``replaces`` and ``rereads`` as in ``submit``.
    ``on_progress`` is called after each step, with the accession that will not have been.

    :raises TooLarge: naming the first source that is over the site's limit.
    """
    sources = files_of(given)
    refuse_too_large(sources)
    with transaction.atomic(), Lent(sources) as originals:
        accession = Accession.objects.create(
            collection=collection,
            state=AccessionState.RUNNING,
            mapping=mapping_of(sources),
            replaces=replaces,
            rereads=rereads,
        )
        write_down(accession, given, originals.keep_all(sources))
        while (found := step(accession.pk, originals)) is not Step.NOTHING:
            if found is Step.LATER:  # something failed; it is tried again at once, for nobody else is there
                accession.sources.update(retry_at=None)
                accession.items.update(retry_at=None)
            on_progress(accession)
        yield from map(_foretold, reports_of(accession))
        yield from vanished_reports(accession)
        transaction.set_rollback(True)
