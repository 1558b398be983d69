"""A worker killed while it undoes an accession: everything goes all the same, and the record is true."""

from __future__ import annotations

import pytest

from tests.routes.site import Site

pytestmark = pytest.mark.once

DOCUMENTS = 350
BRING_IN_AND_UNDO = """
from archive import accession
from archive.jobs.accessions import undo_accession
from archive.readers import Source
from tests.sources import FILIPPOV
text = FILIPPOV.read_text(encoding="utf-8")
done = accession.submit([Source(f"{n}.txt", text.replace("110692", f"5{n:05}").encode()) for n in range(%d)])
accession.run(done.pk)
done.refresh_from_db()
assert done.state == "done", done.state
undo_accession(done)
"""


def test_undo_goes_on_when_the_worker_is_back(tmp_path, processes):
    site = Site(tmp_path, processes, broker="", LEASE_SECONDS="2")
    site.migrate()
    site.manage("shell", "-c", BRING_IN_AND_UNDO % DOCUMENTS)

    worker = site.worker("-B")
    site.wait_until(lambda: site.rows("SELECT count(*) FROM archive_jobitem WHERE state = 'done'") > [(0,)])
    processes.kill(worker)
    assert site.rows("SELECT state FROM archive_accession") == [("done",)], "the worker was too fast for this test"

    site.worker("-B")
    site.wait_until(lambda: site.rows("SELECT state FROM archive_accession") == [("undone",)])
    site.wait_until(lambda: site.rows("SELECT state FROM archive_job") == [("done",)])
    assert site.rows("SELECT state, count(*) FROM archive_jobitem GROUP BY state") == [("done", DOCUMENTS)]
    assert site.rows("SELECT state, count(*) FROM archive_accessionitem GROUP BY state") == [("undone", DOCUMENTS)]
    for table in ("document", "text", "agent", "archivalunit", "revision"):
        assert site.rows(f"SELECT count(*) FROM archive_{table}") == [(0,)]
