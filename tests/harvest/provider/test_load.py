"""Too much at once: harvesters are asked to come again, and the rest of the site goes on."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection

from harvest.provider import load, sizes
from tests.harvest.answers import Answer
from tests.harvest.builders import record, records

pytestmark = pytest.mark.django_db

LIST = "/oai?verb=ListRecords&metadataPrefix=oai_dc"


@pytest.fixture(autouse=True)
def nobody_has_come_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def fonds(settings):
    """Set keys of FONDS."""

    def fonds(**keys):
        settings.FONDS = {**settings.FONDS, **keys}

    return fonds


def test_list_beyond_the_limit_is_told_to_come_again(client, fonds, caplog):
    record("110692")
    fonds(OAI_LISTS_AT_ONCE=1)

    with load.ListInWork():
        response = client.get(LIST)

    assert caplog.messages == [], "no error is told to the administrators"
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert client.get(LIST).status_code == 200


def test_other_verbs_are_answered_beside_any_number_of_lists(client, fonds):
    fonds(OAI_LISTS_AT_ONCE=1)

    with load.ListInWork():
        assert client.get("/oai?verb=Identify").status_code == 200


def test_list_that_fails_gives_its_place_back(client, fonds):
    fonds(OAI_LISTS_AT_ONCE=1)

    for _ in range(3):
        assert Answer.of(client.get(LIST).content).errors == ["noRecordsMatch"]


def test_no_limit_is_no_limit(client, fonds):
    record("110692")
    fonds(OAI_LISTS_AT_ONCE=0)

    with load.ListInWork(), load.ListInWork():
        assert client.get(LIST).status_code == 200


def test_clients_are_not_counted_unless_that_is_set(client):
    assert {client.get("/oai?verb=Identify").status_code for _ in range(30)} == {200}


@pytest.fixture
def clock(monkeypatch):
    """The beginning of a minute, that no test may run past."""
    monkeypatch.setattr(load.time, "time", lambda: 1_000_020.0)


def test_client_that_asks_too_often_is_told_when_to_come_again(client, fonds, clock):
    fonds(OAI_REQUESTS_PER_MINUTE=2)

    answers = [client.get("/oai?verb=Identify") for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 503]
    assert answers[2]["Retry-After"] == "60"


def test_client_may_come_again_in_the_next_minute(client, fonds, monkeypatch):
    fonds(OAI_REQUESTS_PER_MINUTE=1)
    statuses = []
    for moment in (1_000_020.0, 1_000_021.0, 1_000_080.0):
        monkeypatch.setattr(load.time, "time", lambda moment=moment: moment)
        statuses.append(client.get("/oai?verb=Identify").status_code)

    assert statuses == [200, 503, 200]


@pytest.fixture
def few_are_many(monkeypatch, fonds):
    monkeypatch.setattr(sizes, "SHORT", 20)
    fonds(OAI_PAGE_SIZE=10)


@pytest.mark.parametrize("window", ["", "&from=2020-01-01", "&until=2020-01-01"])
def test_long_list_is_counted_once_for_all_who_begin_it(client, few_are_many, django_assert_num_queries, window):
    records(25)
    sizes_told = [Answer.of(client.get(LIST + window).content).token.get("completeListSize")]
    closed = window.startswith("&until")  # asks for the last change as well
    page = 2 if connection.vendor == "sqlite" else 1

    with django_assert_num_queries(page + closed):
        sizes_told.append(Answer.of(client.get(LIST + window).content).token.get("completeListSize"))

    assert sizes_told == ["25", "25"]


def test_part_of_a_long_day_is_counted_as_the_day(client, few_are_many):
    records(60)

    answer = Answer.of(client.get(f"{LIST}&from=2020-01-01T12:00:01Z").content)

    assert answer.token.get("completeListSize") == "60"


def test_short_list_is_counted_as_it_is_beside_a_long_one(client, few_are_many):
    records(40)
    client.get(f"{LIST}&from=2020-01-01")

    answer = Answer.of(client.get(f"{LIST}&from=2020-01-01T12:00:04Z").content)

    assert answer.token.get("completeListSize") == "12"


def test_last_token_tells_how_many_there_were(client, few_are_many):
    records(29)
    answer = Answer.of(client.get(f"{LIST}&from=2020-01-01T12:00:01Z").content)
    while answer.next:
        answer = Answer.of(client.get(f"/oai?verb=ListRecords&{answer.next}").content)

    assert answer.token.get("completeListSize") == "22"
