"""The way in for viewers, past the middleware of people."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from tests.builders import a_published_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

MANIFEST = "/iiif/110692/manifest"
SHORTCUT = "iiif.middleware.viewers_first"


def out_of_order(get_response):
    """A middleware that answers nobody."""
    return lambda request: HttpResponse(status=418)


def test_viewer_is_answered_before_the_middleware_of_people(client, settings):
    a_published_document("110692")
    settings.MIDDLEWARE = [SHORTCUT, f"{__name__}.out_of_order"]

    assert client.get(MANIFEST).json()["type"] == "Manifest"
    assert client.get("/iiif/image/110692.1/full/100,/0/default.jpg").status_code == 200
    assert client.get("/iiif/image/110692.1/nonsense").status_code == 400
    for others in ("/", "/documents/110692", "/iiif", "/iiif/", "/iiif/110692/nothing", "/iiifs/110692/manifest"):
        assert client.get(others).status_code == 418, others


@pytest.mark.parametrize(
    "path", [MANIFEST, "/iiif/page/110692.1/lines", "/iiif/search/2/110692?q=korea", "/iiif/none/manifest"]
)
def test_site_without_the_shortcut_answers_alike(client, settings, path):
    a_published_document("110692")
    usual = client.get(path)
    assert SHORTCUT in settings.MIDDLEWARE
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != SHORTCUT]

    other = client.get(path)

    assert (other.status_code, other.content) == (usual.status_code, usual.content)
    left_out = {"X-Frame-Options", "Vary"}  # of pages, and of what depends on a cookie
    assert {**usual.headers} == {name: said for name, said in other.headers.items() if name not in left_out}


def test_shortcut_refuses_a_host_that_is_not_the_site_s(client):
    assert client.get(MANIFEST, headers={"Host": "evil.example.net"}).status_code == 400


def test_shortcut_is_found_below_a_path(client, settings):
    a_published_document("110692")
    settings.MIDDLEWARE = [SHORTCUT, f"{__name__}.out_of_order"]

    assert client.get(MANIFEST, SCRIPT_NAME="/archive").status_code == 200


def test_nobody_writes_past_the_protection_against_forged_requests(client):
    assert client.post(MANIFEST).status_code == 405
