"""Searching by the API: as on the pages, with counts, orders, cursors and sparse answers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import publication
from archive.models import Agent
from tests.archive.api.builders import public_without_forms
from tests.archive.api.test_schema import faults, schema  # noqa: F401 - the fixture
from tests.archive.api.test_things import results
from tests.archive.search.builders import index_everything, telegram
from tests.builders import a_collection

pytestmark = pytest.mark.django_db

LIST = "/api/documents/"
BASE = "https://archive.example.org"


@pytest.fixture
def telegrams():
    found = [
        telegram("1950", date="1950-10-13", published=False),
        telegram(
            "1951", date="1951-02-01", date_earliest="1951-02-01", date_latest="1951-02-01", body="Armistice talks",
            title="On the armistice", language="zh-Hans", published=False,
        ),
        telegram(
            "1953", date="1953-07-27", date_earliest="1953-07-27", date_latest="1953-07-27", body="It is over",
            published=False,
        ),
    ]  # fmt: skip
    public_without_forms(*found)
    a_collection("korea").documents.add(found[0])
    telegram("draft", published=False)
    index_everything()
    return found


def test_the_query_language_of_the_pages_finds(client, telegrams):
    assert results(client.get(LIST, {"q": "armistice talks"})) == ["1951"]
    assert results(client.get(LIST, {"q": "from:roshchin date:1950 AND troops"})) == ["1950"]
    assert set(results(client.get(LIST, {"q": "date:1950..1953 NOT talks"}))) == {"1950", "1953"}


def test_drafts_are_found_by_no_query_and_in_no_count(client, telegrams):
    answer = client.get(LIST, {"q": "roshchin", "facets": "person,date,has"}).json()

    assert "draft" not in [each["identifier"] for each in answer["results"]]
    assert answer["total"] == 3
    assert {value["count"] for facet in answer["facets"] for value in facet["values"]} <= {1, 3}


def test_what_answers_is_shown_in_its_place(client, telegrams):
    [found] = client.get(LIST, {"q": "obligation", "date_to": "1950-12-31"}).json()["results"]

    assert [part["text"] for each in found["excerpts"] for part in each["parts"] if part["hit"]] == ["obligation"]


def test_facets_are_counted_on_request(client, telegrams):
    answer = client.get(LIST, {"facets": "collection,date,person"}).json()
    facets = {facet["name"]: facet["values"] for facet in answer["facets"]}

    assert facets["collection"] == [{"value": "korea", "label": "The korea collection", "count": 1}]
    assert [(each["value"], each["count"]) for each in facets["date"]] == [("1950", 1), ("1951", 1), ("1953", 1)]
    assert {each["label"] for each in facets["person"]} == {"Roshchin, Nikolai", "Stalin, Joseph"}


def test_the_value_of_a_facet_narrows(client, telegrams):
    agent = Agent.objects.get(name="Stalin, Joseph").identifier

    assert results(client.get(LIST, {"order": "oldest", "person": agent})) == ["1950", "1951", "1953"]
    assert results(client.get(LIST, {"order": "oldest", "collection": "korea"})) == ["1950"]
    assert results(client.get(LIST, {"q": "roshchin", "language": "zh"})) == ["1951"]
    assert results(client.get(LIST, {"q": "roshchin", "original_language": "de"})) == []


def test_filters_hold_in_a_search_as_in_a_list(client, telegrams):
    days = {"date_from": "1951-01-01", "date_to": "1951-12-31"}

    assert results(client.get(LIST, days)) == results(client.get(LIST, {**days, "q": "roshchin"})) == ["1951"]
    assert client.get(LIST, {"q": "x", "date_from": "x"}).status_code == 400
    assert client.get(LIST, {"q": "x", "collection": "nowhere"}).status_code == 400


def test_pages_of_a_search_hold_each_document_once(client, telegrams):
    found, address = [], f"{LIST}?order=newest&page_size=2"
    while address:
        answer = client.get(address.removeprefix(BASE))
        found += results(answer)
        address = answer.json()["next"]

    assert found == ["1953", "1951", "1950"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("q=(roshchin", "q"),
        ("q=x&order=best", "order"),
        ("facets=colour", "facets"),
        ("q=x&cursor=oldest-1", "cursor"),
        ("q=x&page_size=0", "page_size"),
        ("q=x&x=1", "x"),
        ("q=x&fields=nothing", "fields"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(client, telegrams, query, parameter):
    answer = client.get(f"{LIST}?{query}")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [each["parameter"] for each in answer.json()["errors"]] == [parameter]


def test_a_bad_query_shows_where_it_is_wrong(client, telegrams):
    [fault] = client.get(LIST, {"q": "roshchin AND"}).json()["errors"]

    assert (fault["start"], fault["end"]) == (9, 12)


def test_sparse_answers_have_what_was_asked_for(client, telegrams):
    assert client.get(LIST, {"fields": "identifier,date"}).json()["results"][0].keys() == {"identifier", "date"}
    assert client.get(f"{LIST}1950/", {"fields": "title"}).json().keys() == {"title"}
    assert client.get(LIST, {"q": "armistice talks", "fields": "identifier"}).json()["results"] == [
        {"identifier": "1951"}
    ]


def test_searches_match_the_schema(client, telegrams, schema):  # noqa: F811
    answer = client.get(LIST, {"q": "roshchin", "facets": "person,date,fond,type"})

    assert faults(schema, LIST, answer) == []


def test_a_search_takes_as_many_queries_for_three_as_for_two(client, telegrams):
    with CaptureQueriesContext(connection) as for_two:
        client.get(LIST, {"q": "from:roshchin", "page_size": "2"})
    with CaptureQueriesContext(connection) as for_three:
        assert len(results(client.get(LIST, {"q": "from:roshchin"}))) == 3

    assert len(for_three) == len(for_two) <= 30


def test_without_an_index_the_search_says_so(client):
    assert client.get(LIST, {"q": "roshchin"}).status_code == 503


def test_who_has_an_answer_already_is_told_so(client, telegrams):
    etag = client.get(LIST)["ETag"]

    again = client.get(LIST, headers={"If-None-Match": etag})
    publication.withdraw([telegrams[0].pk])
    changed = client.get(LIST, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert changed.status_code == 200
    assert client.get(f"{LIST}1950/", headers={"If-None-Match": "*"}).status_code == 410


def test_public_answers_are_kept_by_caches_that_ask_first(client, telegrams):
    for address in (LIST, f"{LIST}1950/", "/api/agents/"):
        assert client.get(address)["Cache-Control"] == "public, no-cache"
        assert "Cookie" not in client.get(address).get("Vary", "")


def test_who_asks_too_often_is_told_when_to_come_back(client, settings):
    from django.core.cache import cache

    cache.clear()
    settings.FONDS = {**settings.FONDS, "API_READ_RATE": "2/minute"}

    answers = [client.get("/api/") for _ in range(3)]
    cache.clear()

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert answers[2]["Content-Type"] == "application/problem+json"
