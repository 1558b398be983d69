"""A web process renders nothing: what that takes is loaded by workers alone."""

from __future__ import annotations

import pytest

from tests.routes.site import Site

pytestmark = pytest.mark.once

DESCRIBE = """
from django.contrib.auth.models import User
from archive import publication
from tests.builders import a_document, a_published_document
User.objects.create_superuser("archivist")
public, beside, draft = a_published_document("public"), a_published_document("beside"), a_document("draft")
beside.relations.create(target=public, kind="reply to")
publication.refresh([beside.pk])
"""
#: What an archivist does in a browser. Nobody works off what is queued meanwhile.
CURATE = """
import sys
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, override_settings
from archive.models import Document
plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
override_settings(STORAGES={**settings.STORAGES, **plain}).enable()
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(User.objects.get())
key = dict(Document.objects.values_list("identifier", "pk"))
documents = "/admin/archive/document/"
def asked(address, **data):
    answer = client.post(address, data) if data else client.get(address)
    assert answer.status_code in (200, 302), (address, answer.status_code)
asked(documents, action="withdraw", _selected_action=key["public"], reason="Rights were claimed.")
asked(documents, action="publish", _selected_action=key["draft"])
asked(f"{documents}{key['draft']}/preview/")
asked(f"{documents}{key['draft']}/preview/page/")
asked(f"{documents}{key['draft']}/preview/as/manifest/")
asked(f"{documents}{key['draft']}/preview/as/turtle/")
asked(f"{documents}{key['draft']}/change/")
loaded = [name for name in ("iiif_prezi3", "pyvips", "PIL") if name in sys.modules]
print("loaded:", *loaded)
"""


def test_withdrawing_publishing_and_previewing_load_no_renderer_and_the_worker_does_the_rest(tmp_path, processes):
    site = Site(tmp_path, processes)
    site.migrate()
    site.manage("shell", "-c", DESCRIBE)

    said = site.manage("shell", "-c", CURATE)

    assert "loaded:" in said.split("\n")
    states = "SELECT identifier, state FROM archive_document ORDER BY identifier"
    assert site.rows(states) == [("beside", "published"), ("draft", "draft"), ("public", "withdrawn")]
    site.worker("-B")
    site.wait_until(lambda: ("draft", "published") in site.rows(states))
    site.wait_until(lambda: site.rows("SELECT count(*) FROM archive_proof WHERE made_at IS NULL") == [(0,)])
    stale = "SELECT count(*) FROM archive_document WHERE state = 'published' AND refreshed_at IS NULL"
    site.wait_until(lambda: site.rows(stale) == [(0,)])
