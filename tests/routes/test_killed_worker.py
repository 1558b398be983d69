"""A worker killed in the middle of its work, as by a power cut: nothing is lost and nothing doubled."""

from __future__ import annotations

import random

import pytest

from tests.routes.site import Site

pytestmark = pytest.mark.once

SUBMIT = """
from archive import accession
from archive.readers import Source
from tests.sources import FILIPPOV
text = FILIPPOV.read_text(encoding="utf-8")
accession.submit([Source(f"{n}.txt", text.replace("110692", f"5{n:05}").encode()) for n in range(%d)], publish=%s)
"""


def submitted(folder, processes, *, files: int, publish: bool, broker: str = "") -> Site:
    """A site whose worker has yet to be started, and which has this many files to take in."""
    site = Site(folder, processes, broker=broker, LEASE_SECONDS="2")
    site.manage("migrate", "--verbosity", "0")
    site.manage("shell", "-c", SUBMIT % (files, publish))
    return site


def done(site: Site) -> int:
    ((count,),) = site.rows("SELECT count(*) FROM archive_accessionitem WHERE state = 'created'")
    return int(count)


def finished(site: Site) -> bool:
    return site.rows("SELECT state FROM archive_accession") == [("done",)]


def assert_every_document_is_there_once(site: Site, files: int) -> None:
    assert site.rows("SELECT state, count(*) FROM archive_accessionitem GROUP BY state") == [("created", files)]
    assert site.rows("SELECT count(*), count(DISTINCT identity) FROM archive_document") == [(files, files)]
    assert site.rows("SELECT count(*), count(DISTINCT document_id) FROM archive_text") == [(files, files)]


def test_accession_goes_on_when_the_worker_is_back(tmp_path, processes):
    files = 150
    site = submitted(tmp_path, processes, files=files, publish=False)
    worker = site.worker("-B")
    site.wait_until(lambda: done(site) >= 3)

    processes.kill(worker)

    assert not finished(site), "the worker was too fast for this test: hand in more files"
    site.worker("-B")
    site.wait_until(lambda: finished(site))
    assert_every_document_is_there_once(site, files)


@pytest.mark.soak
@pytest.mark.parametrize("broker", ["embedded", "redis"])
def test_accession_survives_twenty_kills(tmp_path, processes, broker, request):
    files, chance = 400, random.Random(20)
    url = request.getfixturevalue("redis_url") if broker == "redis" else ""
    site = submitted(tmp_path, processes, files=files, publish=True, broker=url)

    for _ in range(20):
        worker, before = site.worker("-B"), done(site)
        site.wait_until(lambda before=before: done(site) > before + chance.randrange(10) or finished(site))
        processes.kill(worker)

    site.worker("-B")
    # All that is left has to be typeset, at a third of a second each, or a whole one where others work too.
    site.wait_until(lambda: finished(site), patience=2 * files)
    assert_every_document_is_there_once(site, files)
    assert site.rows("SELECT state, count(*) FROM archive_document GROUP BY state") == [("published", files)]


DESCRIBE = """
from archive import jobs
from archive.jobs.operations.add_subject import AddSubject
from archive.models import Agent, Document
Document.objects.bulk_create(Document(identifier=f"d{n}", title=f"Telegram {n}") for n in range(%d))
jobs.submit(AddSubject(Agent.objects.create(name="Stalin")), Document.objects.all())
"""


def with_a_job(folder, processes, *, documents: int, broker: str = "") -> Site:
    """A site whose worker has yet to be started, and which has a job on this many documents."""
    site = Site(folder, processes, broker=broker, LEASE_SECONDS="2")
    site.manage("migrate", "--verbosity", "0")
    site.manage("shell", "-c", DESCRIBE % documents)
    return site


def changed(site: Site) -> int:
    ((count,),) = site.rows("SELECT count(*) FROM archive_jobitem WHERE state = 'done'")
    return int(count)


def ended(site: Site) -> bool:
    return site.rows("SELECT state FROM archive_job") == [("done",)]


def assert_every_document_is_changed_once_and_reported(site: Site, documents: int) -> None:
    assert site.rows("SELECT state, count(*) FROM archive_jobitem GROUP BY state") == [("done", documents)]
    assert site.rows("SELECT count(*), count(DISTINCT document_id) FROM archive_subject") == [(documents, documents)]
    # The state before and the one after; a batch done twice would have left a third.
    assert site.rows("SELECT act, count(*) FROM archive_revision GROUP BY act ORDER BY act") == [
        ("bulk edit", documents),
        ("found", documents),
    ]
    assert site.rows("SELECT count(*) FROM archive_jobitem WHERE revision_after = 2 AND revision_before = 1") == [
        (documents,)
    ]


def test_job_goes_on_when_the_worker_is_back(tmp_path, processes):
    documents = 1500
    site = with_a_job(tmp_path, processes, documents=documents)
    worker = site.worker("-B")
    site.wait_until(lambda: changed(site) >= 1)

    processes.kill(worker)

    assert not ended(site), "the worker was too fast for this test: take more documents"
    site.worker("-B")
    site.wait_until(lambda: ended(site))
    assert_every_document_is_changed_once_and_reported(site, documents)


@pytest.mark.soak
@pytest.mark.parametrize("broker", ["embedded", "redis"])
def test_job_survives_twenty_kills(tmp_path, processes, broker, request):
    documents, chance = 20_000, random.Random(20)
    url = request.getfixturevalue("redis_url") if broker == "redis" else ""
    site = with_a_job(tmp_path, processes, documents=documents, broker=url)

    for _ in range(20):
        worker, before = site.worker("-B"), changed(site)
        site.wait_until(lambda before=before: changed(site) > before + chance.randrange(400) or ended(site))
        processes.kill(worker)

    site.worker("-B")
    site.wait_until(lambda: ended(site), patience=documents / 20)
    assert_every_document_is_changed_once_and_reported(site, documents)
