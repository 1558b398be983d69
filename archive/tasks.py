"""Celery tasks: shells that call one verb.

A task carries primary keys and no data. It may run late, twice or never; the rows say what is to be done,
and ``sweep`` finds what a lost message left lying.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from celery import shared_task

from archive import accession, datestamps, jobs, proofs, publication
from archive.accession import watched
from archive.conf import conf

#: Documents named in one message.
SHARE = 500


@shared_task
def run_accession(accession_id: int) -> None:
    """Work on an accession."""
    accession.run(accession_id)


@shared_task
def look_at_watched_folder() -> None:
    """Take in what lies complete in the watched folder, if the site has one."""
    if conf().WATCHED_FOLDER:
        watched.look()


@shared_task
def run_job(job_id: int) -> None:
    """Work on a job."""
    jobs.run(job_id)


@shared_task
def sweep() -> None:
    """Hint again at work that nobody does any more, and at documents whose change or time has come."""
    for accession_id in accession.unfinished():
        run_accession.delay(accession_id)
    for job_id in jobs.unfinished():
        run_job.delay(job_id)
    for due in _shared_out(publication.due()):
        publish.delay(due)
    publication.follow_queries()
    publication.look_again()
    for stale in _shared_out(publication.stale()):
        refresh_stale.delay(stale)
    if publication.untold():
        retell.delay()
    proofs.clear()
    for proof_id in proofs.unmade():
        make_proof.delay(proof_id)
    datestamps.advance()


@shared_task
def publish(document_ids: list[int]) -> None:
    """Make documents public whose embargo has ended. What a person asks for is a job."""
    publication.publish(document_ids)


@shared_task
def refresh(document_ids: list[int]) -> None:
    """Render published documents anew."""
    publication.refresh(document_ids)


@shared_task
def refresh_stale(document_ids: list[int]) -> None:
    """Render those of some published documents anew that still have to be: the sweeper may have asked before."""
    publication.refresh(publication.stale(grace=timedelta(0), among=document_ids))


@shared_task
def follow_queries() -> None:
    """Let documents enter and leave the sets of stored queries that were changed."""
    for moved in _shared_out(publication.follow_queries()):
        refresh_stale.delay(moved)


@shared_task
def retell() -> None:
    """Render archival units anew, where something that they say has changed."""
    publication.retell()


@shared_task
def make_proof(proof_id: int) -> None:
    """Render a document in one format for those who look before the public may."""
    proofs.make(proof_id)


@shared_task
def typeset(document_ids: list[int]) -> None:
    """Make the page images of documents in any state, for those who work on them."""
    publication.typeset_pages(document_ids)


def _shared_out(document_ids: list[int]) -> Iterator[list[int]]:
    """Primary keys, so many for one message that several workers share a long list."""
    for start in range(0, len(document_ids), SHARE):
        yield document_ids[start : start + SHARE]
