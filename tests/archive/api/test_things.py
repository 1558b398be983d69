"""Agents, places, concepts, schemes and units in the API: those that public documents lead to, and no others."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import merging
from archive.models import (
    Agent,
    AgentName,
    ArchivalReference,
    ArchivalUnit,
    Concept,
    ConceptScheme,
    Contribution,
    Place,
    Subject,
)
from archive.units import unit_at
from tests.archive.api.builders import public_without_forms
from tests.archive.api.test_schema import faults, schema  # noqa: F401 - the fixture
from tests.builders import a_document

pytestmark = pytest.mark.django_db

BASE = "https://archive.example.org"


def named_by(document, name: str = "known") -> None:
    """An agent, a place and a concept that a document names, each with the name as its identifier."""
    scheme, _ = ConceptScheme.objects.get_or_create(slug="types", defaults={"title": "Types"})
    Contribution.objects.create(
        document=document, agent=Agent.objects.create(identifier=name, name=name.title()), role="sender"
    )
    place = Place.objects.create(identifier=name, name=name.title(), latitude="39.9", longitude="116.4")
    concept = Concept.objects.create(identifier=name, name=name.title(), scheme=scheme)
    Subject.objects.create(document=document, place=place, relation="written at")
    Subject.objects.create(document=document, concept=concept)


def kept_in(document, **codes) -> ArchivalUnit:
    unit = unit_at(codes)
    ArchivalReference.objects.create(document=document, unit=unit, verbatim="somewhere")
    return unit


@pytest.fixture
def public():
    document = a_document("public")
    public_without_forms(document)
    named_by(document)
    kept_in(document, repository="APRF", fond="45", opis="1")
    named_by(a_document("draft"), "secret")
    return document


def results(answer, name: str = "identifier") -> list[str]:
    assert answer.status_code == 200, answer.content
    return [each[name] for each in answer.json()["results"]]


@pytest.mark.parametrize("kind", ["agent", "place", "concept"])
def test_what_public_documents_name_is_told_of_and_nothing_else(client, public, schema, kind):  # noqa: F811
    assert results(client.get(f"/api/{kind}s/")) == ["known"]
    assert client.get(f"/api/{kind}s/secret/").status_code == 404
    assert faults(schema, f"/api/{kind}s/", client.get(f"/api/{kind}s/")) == []
    assert faults(schema, f"/api/{kind}s/{{identifier}}/", client.get(f"/api/{kind}s/known/")) == []


@pytest.mark.parametrize("kind", ["agent", "place", "concept"])
def test_a_thing_leads_to_its_documents(client, public, kind):
    found = client.get(f"/api/{kind}s/known/").json()["documents"]

    assert results(client.get(found.removeprefix(BASE))) == ["public"]
    assert results(client.get(found.removeprefix(BASE).replace("known", "secret"))) == []


def test_a_name_that_only_drafts_write_is_not_told(client, public):
    known = Agent.objects.get(identifier="known")
    AgentName.objects.create(agent=known, value="Pseudonym")
    Contribution.objects.create(document=a_document("another"), agent=known, role="addressee", as_written="Pseudonym")

    assert client.get("/api/agents/known/").json()["names"] == []


def test_one_that_was_merged_is_told_as_the_one_that_took_its_place(client, public):
    kept = Agent.objects.get(identifier="known")
    merged = Agent.objects.create(identifier="double", name="Double")
    merging.merge(kept, merged, by=None)

    assert client.get("/api/agents/double/").json()["identifier"] == "known"
    assert results(client.get("/api/agents/")) == ["known"]


def test_lists_are_narrowed_by_name_and_concepts_by_scheme(client, public):
    assert results(client.get("/api/agents/?name=KNO")) == ["known"]
    assert results(client.get("/api/agents/?name=other")) == []
    assert results(client.get("/api/concepts/?scheme=types")) == ["known"]
    assert results(client.get("/api/schemes/"), "slug") == ["types"]
    assert client.get("/api/schemes/types/").json()["concepts"] == f"{BASE}/api/concepts/?scheme=types"


def test_the_tree_is_gone_down_from_the_repository_to_the_documents(client, public, schema):  # noqa: F811
    repository = client.get("/api/units/?level=repository")
    fonds = client.get(repository.json()["results"][0]["units"].removeprefix(BASE))
    opisi = client.get(fonds.json()["results"][0]["units"].removeprefix(BASE)).json()["results"]

    assert results(repository, "code") == ["APRF"]
    assert results(fonds, "code") == ["45"]
    assert [(each["code"], [above["code"] for above in each["above"]]) for each in opisi] == [("1", ["APRF", "45"])]
    assert results(client.get(fonds.json()["results"][0]["documents"].removeprefix(BASE))) == ["public"]
    assert faults(schema, "/api/units/", fonds) == []
    assert faults(schema, "/api/units/{identifier}/", client.get(f"/api/units/{opisi[0]['identifier']}/")) == []


def test_a_unit_with_drafts_alone_looks_like_one_that_never_was(client, public):
    unit = kept_in(a_document("hidden"), repository="Secret")

    assert client.get(f"/api/units/{unit.identifier}/").status_code == 404
    assert "Secret" not in results(client.get("/api/units/"), "code")
    assert results(client.get(f"/api/units/?parent={unit.identifier}")) == []


@pytest.mark.parametrize("kind", ["agents", "places", "concepts", "units"])
def test_a_page_of_many_takes_as_many_queries_as_a_page_of_three(client, public, kind):
    for n in range(4):
        named_by(public, f"more{n}")
        kept_in(public, repository="APRF", fond=f"5{n}")

    with CaptureQueriesContext(connection) as for_three:
        client.get(f"/api/{kind}/?page_size=3")
    with CaptureQueriesContext(connection) as for_all:
        assert len(results(client.get(f"/api/{kind}/"))) >= 5

    assert len(for_all) == len(for_three) <= 15


def test_a_wrong_parameter_is_refused_by_name(client):
    for address in ("/api/agents/?x=1", "/api/units/?level=shelf", "/api/places/?cursor=x", "/api/concepts/?fields=x"):
        assert client.get(address).status_code == 400, address
