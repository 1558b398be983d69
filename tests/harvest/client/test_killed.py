"""A harvest of our own provider whose worker is killed: nothing is lost and nothing doubled."""

from __future__ import annotations

import shutil
import socket
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.routes.site import Processes, Site

pytestmark = pytest.mark.once

DOCUMENTS = 48
PUBLISH = f"""
from archive import publication
from archive.models import Document
Document.objects.bulk_create(
    Document(identifier=f"d{{n}}", title=f"Letter {{n}}", state="published", published_at="2020-01-01T00:00Z")
    for n in range({DOCUMENTS})
)
publication.refresh(Document.objects.values_list("pk", flat=True))
"""
BEGIN = """
from harvest import client
from harvest.models import HarvestSource
source = HarvestSource.objects.create(name="Province", base_url="http://127.0.0.1:%d/oai", delay=%d)
client.check(source.pk)
source.refresh_from_db()
print(source.check_message)
client.start(source)
"""
#: Small pages, so that there are many.
SERVE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
from django.conf import settings
settings.FONDS["OAI_PAGE_SIZE"] = 8
django.setup()
from wsgiref.simple_server import make_server
from config.wsgi import application
make_server("127.0.0.1", %d, application).serve_forever()
"""


@pytest.fixture
def processes():
    started = Processes()
    yield started
    started.end()


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def a_provider(folder, processes, port: int, *, empty: Path) -> Site:
    """A site with documents that others may harvest; its database, before there is anything in it, is kept as well."""
    folder.mkdir()
    site = Site(folder, processes, OAI_NAMESPACE="other.example.org", PUBLIC_BASE_URL=f"http://127.0.0.1:{port}")
    site.migrate()
    shutil.copy(folder / "fonds.sqlite3", empty)
    site.manage("shell", "-c", PUBLISH)
    processes.start(sys.executable, "-c", SERVE % port, log=site.log, env=site.environment)

    def answers() -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{port}/oai?verb=Identify") as answer:
                return b"repositoryName" in answer.read()
        except OSError:
            return False

    site.wait_until(answers)
    return site


def test_harvest_goes_on_when_the_worker_is_back(tmp_path, processes):
    port = a_free_port()
    (tmp_path / "harvester").mkdir()
    empty = tmp_path / "harvester" / "fonds.sqlite3"
    provider = a_provider(tmp_path / "provider", processes, port, empty=empty)
    allowed = {"HARVEST_LOOPBACK": "1", "HARVEST_PORTS": str(port), "HARVEST_SECONDS": "2", "LEASE_SECONDS": "2"}
    site = Site(tmp_path / "harvester", processes, **allowed)
    site.manage("shell", "-c", BEGIN % (port, 1))
    worker = site.worker("-B")
    site.wait_until(lambda: site.rows("SELECT pages FROM harvest_harvestrun WHERE pages >= 2"))

    processes.kill(worker)

    assert site.rows("SELECT state FROM harvest_harvestrun") == [("running",)], "the worker was too fast for this test"
    site.worker("-B")
    site.wait_until(lambda: site.rows("SELECT 1 FROM harvest_harvestrun WHERE state = 'done'"))
    site.wait_until(lambda: not site.rows("SELECT 1 FROM archive_accession WHERE state <> 'done'"))
    assert site.rows("SELECT records, handed_in, known, restarts FROM harvest_harvestrun") == [
        (DOCUMENTS, DOCUMENTS, 0, 0)
    ]
    assert site.rows("SELECT count(*), count(DISTINCT identity) FROM archive_document") == [(DOCUMENTS, DOCUMENTS)]
    titles = "SELECT title FROM archive_document ORDER BY title"
    assert site.rows(titles) == provider.rows(titles)
