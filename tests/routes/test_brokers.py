"""An accession handed to a real worker, over each broker that a site may choose."""

import pytest

from tests.routes.site import Site

pytestmark = pytest.mark.once

SUBMIT = """
from pathlib import Path
from archive import accession
from archive.readers import Source
seeds = sorted(Path("fixtures/sources").glob("page_*/*.txt"))
accession.submit([Source(seed.name, seed.read_bytes()) for seed in seeds], publish=True)
"""


def assert_worker_brings_the_seeds_in(site):
    site.manage("shell", "-c", SUBMIT)
    site.wait_until(lambda: site.rows("SELECT state FROM archive_accession") == [("done",)])

    assert "archive.tasks.run_accession" in site.log.read_text()
    assert site.rows("SELECT state, count(*) FROM archive_document GROUP BY state") == [("published", 2)]


def test_worker_on_redis_brings_documents_in(tmp_path, processes, redis_url):
    site = Site(tmp_path, processes, broker=redis_url)
    site.migrate()
    site.worker()

    assert_worker_brings_the_seeds_in(site)


def test_worker_on_the_embedded_broker_brings_documents_in(site):
    site.worker()

    assert_worker_brings_the_seeds_in(site)


def test_worker_that_starts_takes_up_what_no_message_tells_of(site):
    site.manage("shell", "-c", SUBMIT)
    for message in (site.folder / "queue").iterdir():
        message.unlink()

    site.worker()

    site.wait_until(lambda: site.rows("SELECT state FROM archive_accession") == [("done",)])
