"""HTTP: methods, types, and what must never be believed or fail."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.harvest.answers import Answer
from tests.harvest.builders import record

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


def post(body: str | bytes, content_type: str = FORM, path: str = "/oai"):
    return Client(enforce_csrf_checks=True).generic("POST", path, body, headers={"Content-Type": content_type})


def test_answer_is_xml_in_utf_8(client):
    response = client.get("/oai?verb=Identify")

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert response["Content-Length"] == str(len(response.content))
    assert response.content.startswith(b"<?xml")


def test_posted_request_gets_the_same_answer():
    record("110692")
    query = "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai%3Aarchive.example.org%3A110692"

    answer = Answer.of(post(query).content)

    assert answer.identifiers == ["110692"]
    assert answer.request["identifier"] == "oai:archive.example.org:110692"


@pytest.mark.parametrize("content_type", [f"{FORM}; charset=utf-8", f"{FORM}; charset=utf-16", f"{FORM};charset=rot13"])
def test_charset_of_a_posted_request_is_not_believed(content_type):
    assert Answer.of(post("verb=Identify", content_type).content).text("//oai:protocolVersion") == "2.0"


@pytest.mark.parametrize("charset", ["utf-16", "idna", "nonsense"])
def test_charset_of_a_get_request_is_not_believed(client, charset):
    response = client.get("/oai?verb=Identify", headers={"Content-Type": f"text/plain; charset={charset}"})

    assert Answer.of(response.content).errors == []


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data; boundary=x", "text/xml", "", "///"])
def test_posted_request_of_another_type_is_a_bad_argument(content_type):
    response = post('{"verb": "Identify"}', content_type)

    assert response.status_code == 200
    assert Answer.of(response.content).errors == ["badArgument"]


def test_posted_request_has_its_arguments_in_the_body_alone():
    assert Answer.of(post("verb=Identify", path="/oai?verb=Identify").content).errors == ["badArgument"]


def test_posted_request_without_a_body_lacks_a_verb():
    assert Answer.of(post("").content).errors == ["badVerb"]


def test_body_of_a_get_request_says_nothing(client):
    response = client.generic("GET", "/oai?verb=Identify", "verb=ListSets", content_type=FORM)

    assert Answer.of(response.content).request == {"verb": "Identify"}


def test_too_many_arguments_are_a_bad_argument(client):
    assert Answer.of(client.get("/oai?verb=Identify" + "&a=1" * 2000).content).errors == ["badArgument"]


def test_head_tells_the_length_and_sends_nothing(client):
    response = client.head("/oai?verb=ListSets")

    assert response.status_code == 200
    assert int(response["Content-Length"]) > 0
    assert response.content == b""


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(client, method):
    assert getattr(client, method)("/oai").status_code == 405


def test_host_of_a_request_is_not_believed(client):
    response = client.get("/oai?verb=Identify", headers={"Host": "testserver"})

    assert b"testserver" not in response.content


@pytest.mark.any_engine
def test_pyoai_is_not_imported_before_the_first_request():
    """In a process of its own, because this one has imported it long ago."""
    program = (
        "import sys, django; django.setup(); from django.urls import reverse; reverse('harvest:oai');"
        "sys.exit('oaipmh' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_harvester_is_answered_before_the_middleware_of_people(client, settings):
    settings.MIDDLEWARE = [
        "harvest.middleware.harvesters_first",
        "tests.harvest.provider.test_http.out_of_order",
    ]

    assert Answer.of(client.get("/oai?verb=Identify").content).errors == []
    assert client.get("/oai?verb=Identify", headers={"Accept": "text/html"}).status_code == 418
    assert client.get("/oai/", headers={"Accept": "text/xml"}).status_code == 418


@pytest.mark.parametrize("middleware", [[], ["harvest.middleware.harvesters_first"]])
def test_site_without_the_shortcut_answers_alike(client, settings, middleware):
    record("110692")
    usual = client.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:110692")
    settings.MIDDLEWARE = middleware

    other = client.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:110692")

    assert other.content == usual.content
    assert other["ETag"] == usual["ETag"]
    assert other["Vary"] == usual["Vary"]


def test_shortcut_refuses_a_host_that_is_not_the_site_s(client):
    assert client.get("/oai?verb=Identify", headers={"Host": "evil.example.net"}).status_code == 400


def test_shortcut_is_found_below_a_path(client):
    response = client.get("/oai?verb=Identify", SCRIPT_NAME="/archive")

    assert Answer.of(response.content).errors == []


def out_of_order(get_response):
    """A middleware that answers nobody."""
    return lambda request: HttpResponse(status=418)
