"""A worker killed in the middle of its work, as by a power cut: nothing is lost and nothing doubled."""

from __future__ import annotations

import random
import time

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
SUBMIT_VOLUME = """
from archive import accession
from archive.readers import Source
lines = "".join(f"Document {n}\\n" for n in range(%d))
accession.submit([Source("volume.txt", f"VOLUME\\n{lines}".encode())])
"""


def submitted(folder, processes, script: str, *, broker: str = "", **environment: str) -> Site:
    """A site whose worker has yet to be started, and which has something to take in."""
    site = Site(folder, processes, broker=broker, LEASE_SECONDS="2", **environment)
    site.migrate()
    site.manage("shell", "-c", script)
    return site


def counted(site: Site, table: str, *states: str) -> int:
    """How many rows are in one of these states."""
    wanted = ", ".join(f"'{each}'" for each in states)
    ((count,),) = site.rows(f"SELECT count(*) FROM archive_accession{table} WHERE state IN ({wanted})")
    return int(count)


def being_read(site: Site) -> bool:
    return counted(site, "source", "taken") > 0


def being_entered(site: Site) -> bool:
    return counted(site, "item", "taken") > 0


def finished(site: Site) -> bool:
    return site.rows("SELECT state FROM archive_accession") == [("done",)]


def steps(site: Site) -> int:
    """Something that grows as the work goes on."""
    read = site.rows("SELECT count(*) FROM archive_accessionitem")[0][0]
    return int(read) + counted(site, "item", "created") + counted(site, "source", "read")


def assert_every_document_is_there_once(site: Site, files: int) -> None:
    assert site.rows("SELECT state, count(*) FROM archive_accessionitem GROUP BY state") == [("created", files)]
    assert site.rows("SELECT DISTINCT state FROM archive_accessionsource") == [("read",)]
    assert site.rows("SELECT count(*), count(DISTINCT identity) FROM archive_document") == [(files, files)]
    assert site.rows("SELECT count(*), count(DISTINCT document_id) FROM archive_text") == [(files, files)]
    assert site.rows("SELECT count(*), count(DISTINCT document_id) FROM archive_revision") == [(files, files)]


def test_accession_goes_on_when_a_child_of_the_worker_dies_and_when_the_worker_is_back(tmp_path, processes, redis_url):
    files = 450
    site = submitted(tmp_path, processes, SUBMIT % (files, False), broker=redis_url)

    site.beat()
    worker = site.worker()
    site.wait_until(lambda: being_read(site))
    processes.kill_child(worker)
    site.wait_until(lambda: being_entered(site))
    processes.kill(worker)
    assert not finished(site), "the worker was too fast for this test: hand in more files"

    site.worker()
    site.wait_until(lambda: finished(site))
    assert_every_document_is_there_once(site, files)


def test_volume_goes_on_where_the_worker_was_killed(tmp_path, processes):
    documents = 600
    settings = {"DJANGO_SETTINGS_MODULE": "tests.routes.volumes.settings"}
    site = submitted(tmp_path, processes, SUBMIT_VOLUME % documents, **settings)

    worker = site.worker("-B")
    site.wait_until(lambda: steps(site) > 0)
    processes.kill(worker)
    read = site.rows("SELECT drafts FROM archive_accessionsource")
    assert site.rows("SELECT count(*) FROM archive_accessionitem") == read
    worker = site.worker("-B")
    site.wait_until(lambda: being_entered(site))
    processes.kill(worker)
    assert not finished(site)

    site.worker("-B")
    site.wait_until(lambda: finished(site))
    assert_every_document_is_there_once(site, documents)


@pytest.mark.soak
@pytest.mark.parametrize("broker", ["embedded", "redis"])
@pytest.mark.parametrize("script", [SUBMIT % (400, True), SUBMIT_VOLUME % 2000], ids=["files", "volume"])
def test_accession_survives_twenty_kills(tmp_path, processes, broker, script, request):
    chance = random.Random(20)
    url = request.getfixturevalue("redis_url") if broker == "redis" else ""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.routes.volumes.settings"}
    site = submitted(tmp_path, processes, script, broker=url, **settings)
    documents = 400 if "110692" in script else 2000

    site.beat()
    worker = site.worker()
    for _ in range(20):
        before = steps(site)
        # Either at once when something was written, or a moment later, in the middle of the next step.
        site.wait_until(lambda before=before: steps(site) > before or being_read(site) or being_entered(site))
        time.sleep(chance.uniform(0, 0.5))
        if chance.random() < 0.5:
            processes.kill_child(worker)
        else:
            processes.kill(worker)
            worker = site.worker()

    # What is to be published has to be typeset, at a third of a second each, or a whole one where others work too.
    site.wait_until(lambda: finished(site), patience=2 * documents)
    assert_every_document_is_there_once(site, documents)
    if documents == 400:
        assert site.rows("SELECT state, count(*) FROM archive_document GROUP BY state") == [("published", documents)]


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
    site.migrate()
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
