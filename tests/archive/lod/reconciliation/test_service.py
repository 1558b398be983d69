"""The Reconciliation Service API 0.2 as OpenRefine asks it, checked against the API's own JSON schemas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft7Validator
from lxml import html
from referencing import Registry
from referencing.jsonschema import DRAFT7

from archive import merging, publication
from archive.lod.models import KnownName, NameTerm
from archive.lod.reconciliation import names
from archive.models import (
    Agent,
    AgentName,
    AuthorityLink,
    Concept,
    ConceptLabel,
    ConceptScheme,
    Contribution,
    Place,
    PlaceName,
    Subject,
)
from tests.archive.lod.sparql.asking import a_graph
from tests.builders import a_document

SCHEMAS = Path(settings.BASE_DIR).parent / "shared" / "schemas" / "reconciliation" / "0.2" / "schemas"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive():
    """People, places and concepts that one public document names, and one person whom only a draft does."""
    public = a_graph("public").document
    draft = a_document("draft0")
    stalin = Agent.objects.create(identifier="stalin", name="Stalin, Joseph", kind="person", dates="1878/1953")
    AgentName.objects.create(agent=stalin, value="Filippov", kind="pseudonym")
    AgentName.objects.create(agent=stalin, value="Koba", kind="pseudonym")
    AuthorityLink.objects.create(agent=stalin, source="viaf", uri="http://viaf.org/viaf/101704033", status="accepted")
    AuthorityLink.objects.create(agent=stalin, source="other", uri="http://example.org/no", status="candidate")
    roshchin = Agent.objects.create(identifier="roshchin", name="Рощин, Николай", kind="person")
    embassy = Agent.objects.create(identifier="embassy", name="Soviet embassy", kind="corporate_body")
    hidden = Agent.objects.create(identifier="hidden", name="Stalin, Vasily", kind="person")
    for agent in (stalin, roshchin, embassy):
        Contribution.objects.create(document=public, agent=agent, role="sender", as_written=agent.name)
    Contribution.objects.create(document=draft, agent=hidden, role="sender", as_written="Vasily")
    Contribution.objects.create(document=draft, agent=stalin, role="sender", as_written="Koba")
    china = Place.objects.create(identifier="china", name="China")
    beijing = Place.objects.create(
        identifier="beijing", name="Beijing", broader=china, latitude="39.9", longitude="116.4", feature="PPLC"
    )
    PlaceName.objects.create(place=beijing, value="Peking")
    scheme = ConceptScheme.objects.create(slug="subjects", title="Subjects")
    war = Concept.objects.create(identifier="war", scheme=scheme, name="Korean War", notation="951.9")
    ConceptLabel.objects.create(concept=war, value="Korea conflict", kind="hidden")
    for subject in ({"place": beijing}, {"place": china}, {"concept": war}):
        Subject.objects.create(document=public, **subject)
    names.keep()


def asked(queries: dict, **more) -> dict:
    answer = Client().post("/reconcile", {"queries": json.dumps(queries), **more})
    assert answer.status_code == 200, answer.content
    valid(answer.json(), "reconciliation-result-batch")
    return answer.json()


def first(name: str, **more) -> dict:
    found = asked({"q0": {"query": name, **more}})["q0"]["result"]
    return found[0] if found else {}


def valid(answer: dict, schema: str) -> None:
    """Check against a schema of the API, where they are at hand."""
    if not SCHEMAS.is_dir():
        return
    texts = [json.loads(path.read_text()) for path in SCHEMAS.glob("*.json")]
    registry = Registry().with_resources(
        [(text["$id"], DRAFT7.create_resource(text)) for text in texts if "$id" in text]
    )
    read = json.loads((SCHEMAS / f"{schema}.json").read_text())
    read.get("properties", {}).pop("authentication", None)  # its schema is elsewhere, and we have none
    errors = list(Draft7Validator(read, registry=registry).iter_errors(answer))
    assert not errors, errors


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the API's schemas are not beside the checkout (../shared)")
def test_schemas_of_the_api_are_at_hand():
    with pytest.raises(AssertionError):
        valid({"versions": ["0.1"]}, "manifest")


def test_manifest_is_what_clients_look_for():
    answer = Client().get("/reconcile")

    valid(answer.json(), "manifest")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["view"]["url"] == "https://archive.example.org/reconcile/view?id={{id}}"


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Stalin, Joseph", "agents/stalin"),
        ("Joseph Stalin", "agents/stalin"),
        ("STALIN", "agents/stalin"),
        ("Filippov", "agents/stalin"),
        ("Филиппов", "agents/stalin"),
        ("Filippow", "agents/stalin"),
        ("Сталин", "agents/stalin"),
        ("Roshchin", "agents/roshchin"),
        ("Roščin", "agents/roshchin"),
        ("Nikolai Roschin", "agents/roshchin"),
        ("Soviet Embasy", "agents/embassy"),
        ("Peking", "places/beijing"),
        ("korean war", "concepts/war"),
        ("Korea conflict", "concepts/war"),
    ],
)
def test_thing_is_found_by_any_of_its_names_however_written(name, id_):
    assert first(name)["id"] == id_


def test_whole_name_that_only_one_has_is_a_match_and_a_part_is_none():
    assert first("Filippov")["match"] is True
    assert first("Filippov")["name"] == "Stalin, Joseph (Filippov)"
    assert first("Stalin")["match"] is False
    assert first("Stalin")["score"] < first("Joseph Stalin")["score"]


@pytest.mark.parametrize("name", ["", " ", "'", "zzzzzz", "Vasily Stalin", "hidden", "Koba", "%", "x" * 5000, "停战"])
def test_nothing_and_what_is_not_public_is_not_found(name):
    assert not any(each["match"] or "hidden" in each["id"] for each in asked({"q0": {"query": name}})["q0"]["result"])
    assert "Koba" not in str(asked({"q0": {"query": "Stalin"}}))


def test_label_that_is_for_finding_alone_is_not_shown():
    assert first("Korea conflict")["name"] == "Korean War"


def test_types_tell_whom_to_look_for():
    assert first("Peking", type="Place")["id"] == "places/beijing"
    assert first("Peking", type=["Agent", "Concept"]) == {}
    assert first("Soviet embassy", type="CorporateBody")["id"] == "agents/embassy"
    assert first("Soviet embassy", type="Person") == {}
    assert first("Soviet embassy", type="Agent")["id"] == "agents/embassy"


def test_values_that_agree_raise_a_candidate_and_others_lower_it():
    right, wrong = (
        first("Stalin", properties=[{"pid": "dates", "v": dates}])["score"] for dates in ("1878/1953", "1900/1901")
    )

    assert right > first("Stalin")["score"] > wrong


def test_batch_is_answered_query_by_query():
    answer = asked({"a": {"query": "Filippov"}, "b": {"query": "nobody"}, "c": {"query": "Peking", "limit": 1}})

    assert [len(answer[key]["result"]) for key in "abc"] == [1, 0, 1]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"queries": "{"}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": '{"q0": []}'}, 400),
        ({"queries": '{"q0": {"query": 1}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "limit": "y"}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "type": 1}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "properties": [1]}}'}, 400),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(51)})}, 400),
        ({"queries": "[" * 100_000}, 400),
        ({"extend": "{}"}, 400),
        ({"extend": '{"ids": [1], "properties": []}'}, 400),
        ({}, 400),
    ],
)
def test_what_cannot_be_read_is_told(given, status):
    answer = Client().post("/reconcile", given)

    assert (answer.status_code, answer["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_extension_tells_values_of_public_things_alone():
    pids = ["uri", "names", "sameAs", "documents", "dates", "latitude", "broader", "notation", "scheme", "unknown"]
    ids = ["agents/stalin", "places/beijing", "concepts/war", "agents/hidden", "agents/nobody", "nonsense"]
    query = {"ids": ids, "properties": [{"id": each} for each in pids]}

    answer = Client().get("/reconcile", {"extend": json.dumps(query)}).json()

    valid(answer, "data-extension-response")
    rows = answer["rows"]
    assert rows["agents/stalin"]["names"] == [{"str": "Filippov"}]
    assert rows["agents/stalin"]["sameAs"] == [{"str": "http://viaf.org/viaf/101704033"}]
    assert rows["agents/stalin"]["documents"] == [{"int": 1}]
    assert rows["places/beijing"]["broader"] == [{"id": "places/china", "name": "China"}]
    assert rows["places/beijing"]["latitude"] == [{"float": 39.9}]
    assert rows["concepts/war"]["scheme"] == [{"str": "Subjects"}]
    assert rows["agents/hidden"] == rows["agents/nobody"] == {pid: [] for pid in pids}


def test_suggestions_come_while_somebody_types():
    entities = Client().get("/reconcile/suggest/entity", {"prefix": "Filippo"}).json()
    types = Client().get("/reconcile/suggest/type", {"prefix": "cor"}).json()
    properties = Client().get("/reconcile/suggest/property", {"prefix": "lat"}).json()
    proposed = Client().get("/reconcile/properties", {"type": "Place", "limit": "3"}).json()

    valid(entities, "suggest-entities-response")
    valid(types, "suggest-types-response")
    valid(properties, "suggest-properties-response")
    valid(proposed, "data-extension-property-proposal")
    assert entities["result"][0]["id"] == "agents/stalin"
    assert [each["id"] for each in types["result"]] == ["CorporateBody"]
    assert [each["id"] for each in properties["result"]] == ["latitude"]
    assert len(proposed["properties"]) == 3


def test_preview_stands_in_frames_of_others_and_view_leads_to_the_page():
    preview = Client().get("/reconcile/preview?id=agents%2Fstalin")
    view = Client().get("/reconcile/view?id=agents%2Fstalin")

    assert "X-Frame-Options" not in preview
    assert "Filippov" in html.fromstring(preview.content).text_content()
    assert "Koba" not in preview.content.decode()
    assert view["Location"] == "https://archive.example.org/agents/stalin"
    for id_ in ("agents/hidden", "agents/nobody", "", "documents/public", "agents/\x00"):
        assert Client().get("/reconcile/view", {"id": id_}).status_code == 404
        assert Client().get("/reconcile/preview", {"id": id_}).status_code == 404


def test_old_clients_are_answered_by_a_call_and_nothing_else_is_called():
    called = Client().get("/reconcile", {"callback": "jsonp123.done"})

    assert called.content.startswith(b"/**/jsonp123.done({")
    assert Client().get("/reconcile", {"callback": "alert(1)//"}).status_code == 400


def test_names_follow_the_archive():
    Agent.objects.filter(identifier="embassy").update(name="Embassy of the USSR")
    AgentName.objects.filter(value="Filippov").delete()

    assert names.keep() > 0
    assert first("Embassy of the USSR")["match"]
    assert first("Filippov") == {}
    assert not NameTerm.objects.exclude(name__in=KnownName.objects.all()).exists()
    assert names.keep() == 0


def test_batch_takes_as_many_queries_to_the_database_as_one_name(django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        asked({str(number): {"query": name} for number, name in enumerate(["Stalin", "Peking", "Korean War"] * 10)})


def test_who_was_merged_is_found_as_the_one_that_took_his_place():
    stalin = Agent.objects.get(identifier="stalin")
    other = Agent.objects.create(identifier="other", name="Dzhugashvili", kind="person")
    merging.merge(stalin, other, by=None)
    names.keep()

    assert first("Джугашвили").get("id") in {"agents/stalin", None}
    assert "agents/other" not in str(asked({"q0": {"query": "Dzhugashvili"}}))


def test_withdrawn_thing_is_not_found_any_more():
    document = Subject.objects.filter(place__identifier="beijing").get().document
    publication.withdraw([document.pk])

    assert first("Peking") == {}
