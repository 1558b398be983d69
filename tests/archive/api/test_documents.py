"""Documents in the API: what is public, whole, in pages that hold still."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import publication
from archive.models import Document
from tests.archive.builders import a_full_document, stored
from tests.builders import a_collection, a_document, a_published_document

pytestmark = pytest.mark.django_db

LIST = "/api/documents/"


def published(identifier: str, **fields) -> Document:
    document = a_full_document(identifier, **fields)
    assert publication.publish([document.pk]).failed == {}
    return document


def identifiers(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [document["identifier"] for document in answer.json()["results"]]


def pages(client, address: str) -> list[list[str]]:
    """The identifiers on each page, following ``next`` from the first."""
    found = []
    while address:
        answer = client.get(address.removeprefix("https://archive.example.org"))
        found.append(identifiers(answer))
        address = answer.json()["next"]
    return found


def test_drafts_and_withdrawn_documents_are_in_no_list(client):
    a_document("draft")
    publication.withdraw([published("withdrawn").pk], reason="privacy")
    published("public")

    assert identifiers(client.get(LIST)) == ["public"]


@pytest.mark.parametrize("query", ["?collection=korea", "?language=ru", "?date_from=1950-01-01", "?page_size=1"])
def test_drafts_and_withdrawn_documents_are_found_by_no_filter(client, query):
    a_full_document("draft")
    publication.withdraw([published("withdrawn").pk])
    published("public")

    assert pages(client, LIST + query) == [["public"]]


def test_a_draft_is_not_found_and_looks_like_a_document_that_never_was(client):
    a_document("draft")

    draft, nothing = client.get(f"{LIST}draft/"), client.get(f"{LIST}other/")

    assert draft.status_code == nothing.status_code == 404
    assert draft.json() == {**nothing.json(), "detail": "There is no document draft."}


def test_a_withdrawn_document_is_gone_without_a_word_of_it(client):
    document = published("110692")
    publication.withdraw([document.pk], reason="asked for by the family")

    answer = client.get(f"{LIST}110692/")

    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "Document 110692 was withdrawn."
    assert b"family" not in answer.content


def test_a_document_is_given_whole(client):
    published("110692")

    given = client.get(f"{LIST}110692/").json()

    assert given["uri"] == "https://archive.example.org/documents/110692"
    assert given["url"] == "https://archive.example.org/api/documents/110692/"
    assert given["title"] == {"value": "Ciphered telegram, Filippov [Stalin] to Zhou Enlai", "language": "en"}
    assert given["date"]["edtf"] == "1950-07-13"
    assert (given["contributions"][0]["name"], given["contributions"][0]["as_written"]) == ("Stalin", "Filippov")
    assert [text["language"] for text in given["texts"]] == ["en", "ru", "en"]
    assert given["references"][1]["fond"] == "059a"
    assert given["distribution_possibly_truncated"] is True


def test_a_document_links_to_its_other_forms_that_are_stored(client):
    document = published("110692")
    stored(document, "a format that no address offers")

    forms = {form["format"]: form["url"] for form in client.get(f"{LIST}110692/").json()["representations"]}

    assert forms["jsonld"] == "https://archive.example.org/documents/110692.jsonld"
    assert forms["turtle"] == "https://archive.example.org/documents/110692.ttl"
    assert "a format that no address offers" not in forms


def test_links_come_from_the_public_base_url_and_not_from_the_host_header(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for n in range(3):
        a_published_document(str(n))

    answer = client.get(f"{LIST}?page_size=1", headers={"host": "evil.example.com"})

    assert answer.json()["next"].startswith("https://archive.example.org/api/documents/?cursor=")
    assert b"evil" not in answer.content


def test_every_document_is_on_one_page_though_others_come_and_go_between(client):
    documents = [a_published_document(str(n)) for n in range(7)]

    first = client.get(f"{LIST}?page_size=3")
    publication.withdraw([documents[0].pk, documents[4].pk])
    a_published_document("new")
    rest = pages(client, first.json()["next"])

    assert identifiers(first) == ["0", "1", "2"]
    assert rest == [["3", "5", "6"], ["new"]]


def test_the_last_page_says_so_when_the_total_divides_evenly(client):
    for n in range(4):
        a_published_document(str(n))

    assert pages(client, f"{LIST}?page_size=2") == [["0", "1"], ["2", "3"]]


def test_previous_leads_back_in_the_same_order(client):
    for n in range(6):
        a_published_document(str(n))
    second = client.get(client.get(f"{LIST}?page_size=2").json()["next"].removeprefix("https://archive.example.org"))

    back = client.get(second.json()["previous"].removeprefix("https://archive.example.org"))

    assert identifiers(back) == ["0", "1"]


def test_a_page_of_eight_takes_as_many_queries_as_a_page_of_two(client):
    for n in range(8):
        published(str(n))

    with CaptureQueriesContext(connection) as for_two:
        client.get(f"{LIST}?page_size=2")
    with CaptureQueriesContext(connection) as for_eight:
        assert len(identifiers(client.get(f"{LIST}?page_size=8"))) == 8

    assert len(for_eight) == len(for_two) <= 15


def test_a_range_of_days_finds_what_may_be_from_then(client):
    days = {"date_earliest": "1950-10-01", "date_latest": "1950-10-31"}
    a_published_document("october", **days)
    a_published_document("open", date_earliest="1949-01-01", date_latest=None)
    a_published_document("undated", date="", date_earliest=None, date_latest=None)

    assert identifiers(client.get(f"{LIST}?date_from=1950-10-31&date_to=1950-11-30")) == ["october", "open"]
    assert identifiers(client.get(f"{LIST}?date_to=1950-09-30")) == ["open"]
    assert identifiers(client.get(f"{LIST}?date_from=1950-11-01")) == ["open"]


def test_a_language_finds_its_varieties_and_no_other_language(client):
    a_published_document("simplified", language="zh-Hans")
    a_published_document("zhuang", language="zha")

    assert identifiers(client.get(f"{LIST}?language=zh")) == ["simplified"]
    assert identifiers(client.get(f"{LIST}?language=ZH-HANS")) == ["simplified"]


def test_the_language_of_a_summary_is_none_of_the_document(client):
    document = a_published_document("summarised", language="en")
    document.texts.create(kind="summary", language="ru", body="Кратко.")

    assert identifiers(client.get(f"{LIST}?language=ru")) == []
    assert identifiers(client.get(f"{LIST}?language=en")) == ["summarised"]


def test_the_language_of_the_original_is_another_filter_than_that_of_the_texts(client):
    a_published_document("translated", language="en", original_language="ru")

    assert identifiers(client.get(f"{LIST}?original_language=ru")) == ["translated"]
    assert identifiers(client.get(f"{LIST}?language=ru")) == []


def test_a_collection_finds_what_is_below_it_once(client):
    korea = a_collection("korea")
    armistice = a_collection("armistice", parent=korea)
    a_published_document("1").collections.add(armistice, korea)
    a_published_document("2").collections.add(a_collection("berlin"))

    assert identifiers(client.get(f"{LIST}?collection=korea")) == ["1"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("date_from=1950-13-01", "date_from"),
        ("date_to=13.7.50", "date_to"),
        ("date_to=", "date_to"),
        ("date_from=1951-01-01&date_to=1950-01-01", "date_to"),
        ("language=Russian!", "language"),
        ("collection=nowhere", "collection"),
        ("collection=%00", "collection"),
        ("langauge=ru", "langauge"),
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=ten", "page_size"),
        ("cursor=never-made", "cursor"),
        ("cursor=cD1hYmM%3D", "cursor"),  # p=abc
        ("cursor=cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk%3D", "cursor"),  # a number too large for any key
    ],
)
def test_a_wrong_parameter_is_refused_by_name(client, query, parameter):
    answer = client.get(f"{LIST}?{query}")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert parameter in [error["parameter"] for error in answer.json()["errors"]]
    assert answer.json()["detail"].startswith(f"{parameter}: ")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writing_is_not_allowed(client, method):
    answer = getattr(client, method)(LIST)

    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


def test_a_form_that_there_is_not_is_a_problem_too(client):
    answer = client.get(LIST, headers={"accept": "text/turtle"})

    assert (answer.status_code, answer["Content-Type"]) == (406, "application/problem+json")


def test_an_address_that_there_is_not_is_a_problem_too(client):
    answer = client.get("/api/dokuments/")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert "https://archive.example.org/api/" in answer.json()["detail"]


def test_pages_of_other_sites_may_read_every_answer(client):
    for address in ("/api/", LIST, f"{LIST}nothing/", f"{LIST}?langauge=ru"):
        assert client.get(address)["Access-Control-Allow-Origin"] == "*"
