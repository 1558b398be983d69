"""The OpenAPI schema: valid, without warnings, and true of the answers."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from jsonschema import Draft202012Validator

from archive import publication
from archive.api.schema import described, written
from archive.models import Document, Text
from tests.archive.builders import a_full_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads(written("json"))


def faults(schema: dict[str, Any], path: str, answer, status: str = "200", *, verb: str = "get") -> list[str]:
    """Where an answer is not what the schema says; a property that the schema does not have counts too."""
    content_type = answer["Content-Type"].split(";")[0]
    said = schema["paths"][path][verb]["responses"][status]["content"][content_type]["schema"]
    components = {name: _closed(each) for name, each in schema["components"]["schemas"].items()}
    validator = Draft202012Validator(
        {**said, "components": {"schemas": components}}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    return [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(answer.json())]


def _closed(component: dict[str, Any]) -> dict[str, Any]:
    return {**component, "additionalProperties": False} if component.get("type") == "object" else component


def a_published_full_document(**fields) -> Document:
    document = a_full_document(**fields)
    assert publication.publish([document.pk]).failed == {}
    return document


def test_schema_is_openapi_31_and_validates_without_a_warning():
    said = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format=openapi-json", stdout=said)

    schema = json.loads(said.getvalue())
    assert schema["openapi"].startswith("3.1")
    assert schema["servers"] == [{"url": "https://archive.example.org"}]


def test_schema_is_served_in_either_notation(client, schema):
    answer = client.get("/api/schema/")

    assert answer["Content-Type"] == "application/vnd.oai.openapi"
    assert yaml.safe_load(answer.content) == schema
    assert client.get("/api/schema/?format=json").json() == schema


def test_schema_is_the_same_in_whatever_language_it_is_first_asked(client):
    described.cache_clear()
    written.cache_clear()
    russian = client.get("/api/schema/?format=json&lang=ru", headers={"Accept-Language": "ru"}).content
    described.cache_clear()
    written.cache_clear()

    assert client.get("/api/schema/?format=json").content == russian


def test_a_document_with_everything_matches_the_schema(client, schema):
    a_published_full_document()

    assert faults(schema, "/api/documents/{identifier}/", client.get("/api/documents/110692/")) == []


def test_a_document_with_a_title_alone_matches_the_schema(client, schema):
    document = Document.objects.create(identifier="1", title="[Untitled]")
    publication.publish([document.pk])

    assert faults(schema, "/api/documents/{identifier}/", client.get("/api/documents/1/")) == []


@pytest.mark.parametrize("kind", Text.Kind.values)
def test_every_kind_of_text_matches_the_schema(client, schema, kind):
    a_published_full_document()
    Text.objects.update(kind=kind)

    assert faults(schema, "/api/documents/{identifier}/", client.get("/api/documents/110692/")) == []


def test_lists_match_the_schema_on_the_first_page_and_the_last(client, schema):
    a_published_full_document()
    a_published_full_document(identifier="2")
    first = client.get("/api/documents/?page_size=1")
    last = client.get(first.json()["next"].removeprefix("https://archive.example.org"))

    assert faults(schema, "/api/documents/", first) == []
    assert faults(schema, "/api/documents/", last) == []
    assert faults(schema, "/api/collections/", client.get("/api/collections/")) == []
    assert faults(schema, "/api/", client.get("/api/")) == []


def test_problems_match_the_schema(client, schema):
    publication.withdraw([a_published_full_document().pk])
    one, many = "/api/documents/{identifier}/", "/api/documents/"

    assert faults(schema, one, client.get("/api/documents/110692/"), "410") == []
    assert faults(schema, one, client.get("/api/documents/nothing/"), "404") == []
    assert faults(schema, many, client.get("/api/documents/?date_from=x"), "400") == []


def test_files_are_said_to_be_sent_as_files_and_nothing_else_to_be_known(schema):
    sent = schema["components"]["schemas"]["HandingIn"]

    assert sent["properties"]["file"]["items"] == {"type": "string", "format": "binary"}
    assert sent["additionalProperties"] is False


def test_every_parameter_that_the_list_takes_is_in_the_schema(client, schema):
    said = {parameter["name"] for parameter in schema["paths"]["/api/documents/"]["get"]["parameters"]}
    message = client.get("/api/documents/?x=1").json()["errors"][0]["detail"]

    assert {name for name in said if name not in message} == set()
    assert len(said) == message.count(",") + 1


def test_every_address_that_the_root_names_answers_whom_it_is_for(client, admin_client):
    root = client.get("/api/").json()
    curation = root.pop("curation")
    assert {client.get(at.removeprefix("https://archive.example.org")).status_code for at in curation.values()} == {401}
    named = {name: at.removeprefix("https://archive.example.org") for name, at in root.items()}
    assert {name: client.get(at).status_code for name, at in named.items()} == {
        **dict.fromkeys(named, 200),
        "accessions": 401,
    }
    assert admin_client.get(named["accessions"]).status_code == 200
