"""Asking again: who has an answer already is told so, and nobody is told so wrongly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.http import http_date

from archive.models import Collection, Document
from tests.harvest.builders import NOON, record, records, render, withdraw

pytestmark = pytest.mark.django_db

ONE = "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:110692"
LIST = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
OVER = f"{LIST}&until=2020-01-01"
LATER = NOON + timedelta(hours=1)


def again(client, address: str, first):
    """The same request from a client that has the first answer."""
    return client.get(address, headers={"If-None-Match": first["ETag"]})


def retitle(identifier: str, *, at) -> None:
    made = Document.objects.get(identifier=identifier)
    made.title = "Another title"
    made.save()
    render(made, at=at)


@pytest.mark.parametrize("address", [ONE, OVER, OVER.replace("ListRecords", "ListIdentifiers")])
def test_unchanged_answer_is_not_sent_twice(client, address):
    record("110692")
    first = client.get(address)

    second = again(client, address, first)

    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == first["ETag"]
    assert second["Vary"] == "Accept, Accept-Encoding"
    assert not second.has_header("Content-Length")  # the whole answer is not of length 0


@pytest.mark.parametrize("address", [ONE, OVER])
def test_date_of_the_last_change_will_do(client, address):
    record("110692")

    assert client.get(address)["Last-Modified"] == "Wed, 01 Jan 2020 12:00:00 GMT"
    assert client.get(address, headers={"If-Modified-Since": http_date(NOON.timestamp())}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": http_date(NOON.timestamp() - 1)}).status_code == 200


def test_head_is_spared_as_well(client):
    record("110692")

    assert client.head(ONE, headers={"If-None-Match": client.get(ONE)["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", [ONE, OVER])
def test_changed_record_is_sent_again_even_within_the_same_second(client, address):
    record("110692")
    first = client.get(address)
    retitle("110692", at=NOON)

    assert b"Another title" in again(client, address, first).content


def test_withdrawn_record_is_sent_again(client):
    made = record("110692")
    first = client.get(ONE)
    withdraw(made, at=LATER)

    assert b'status="deleted"' in again(client, ONE, first).content


def test_record_in_another_set_is_sent_again(client):
    made = record("110692")
    first = client.get(ONE)
    made.collections.set([Collection.objects.create(slug="korea", title="Korea")])
    render(made, at=LATER)

    assert b"collection:korea" in again(client, ONE, first).content


@pytest.mark.parametrize("spec", ["", "&set=collection:korea"])
def test_window_that_a_record_has_left_is_sent_again(client, spec):
    korea = Collection.objects.create(slug="korea", title="Korea")
    record("stays", collections=[korea])
    record("110692", collections=[korea])
    first = client.get(OVER + spec)
    retitle("110692", at=NOON + timedelta(days=1))

    assert b"110692" not in again(client, OVER + spec, first).content
    since = client.get(OVER + spec, headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 200


@pytest.mark.parametrize("window", ["", "&until=9999-12-31", "&from=2020-01-01"])
def test_list_that_can_grow_is_always_sent(client, window):
    record("110692")

    response = client.get(LIST + window, headers={"If-None-Match": "*"})

    assert response.status_code == 200
    assert not response.has_header("ETag")
    assert not response.has_header("Last-Modified")


def test_date_of_a_change_of_this_second_is_not_told(client):
    record("110692", at=timezone.now().replace(microsecond=0))

    response = client.get(ONE)

    assert response.has_header("ETag")
    assert not response.has_header("Last-Modified")


def test_page_with_a_token_is_sent_again_before_the_token_ends(client, settings, monkeypatch):
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 10}
    records(25)
    first = client.get(OVER)
    assert again(client, OVER, first).status_code == 304

    from harvest.provider import answers

    class Later(answers.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + timedelta(days=4)

    monkeypatch.setattr(answers, "datetime", Later)
    assert again(client, OVER, first).status_code == 200


def test_caches_ask_before_they_answer(client):
    assert client.get("/oai?verb=Identify")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "query", ["verb=Identify", "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:y", "verb=No"]
)
def test_what_says_nothing_of_a_record_has_no_etag(client, query):
    assert not client.get(f"/oai?{query}").has_header("ETag")
