"""Stored bytes, and what is said in their place where there are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from archive import serving
from archive.kept import Kept
from archive.models import Representation
from archive.serving import open_to_all, stored
from tests.builders import a_document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    """Checksums here are none."""
    monkeypatch.setattr(serving, "_kept", Kept())


CHANGED = datetime(2026, 3, 1, 12, tzinfo=UTC)


def a_representation(*, withdrawn: bool = False) -> Representation:
    document = a_document("110692")
    return Representation.objects.create(
        document=document,
        number=document.pk,
        identifier="110692",
        format="motto",
        media_type="application/x-motto",
        content=b"" if withdrawn else b"respect des fonds",
        checksum="" if withdrawn else "abc",
        changed_at=CHANGED,
        withdrawn=withdrawn,
    )


def ask(method: str = "GET", **headers: str) -> HttpResponse:
    return stored(RequestFactory().generic(method, "/", headers=headers), "110692", "motto")


def test_stored_bytes_are_sent_as_they_are():
    a_representation()

    response = ask()

    assert response.status_code == 200
    assert response.content == b"respect des fonds"
    assert response["Content-Type"] == "application/x-motto"
    assert response["ETag"] == '"abc"'
    assert response["Last-Modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    "headers", [{"If-None-Match": '"abc"'}, {"If-Modified-Since": "Sun, 01 Mar 2026 12:00:00 GMT"}]
)
def test_what_the_client_has_already_is_not_sent_again(headers):
    a_representation()

    response = ask(**headers)

    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == '"abc"'


def test_older_copy_is_replaced():
    a_representation()

    assert ask(**{"If-None-Match": '"older"'}).status_code == 200


def test_withdrawn_document_is_gone_even_for_those_who_hold_a_copy():
    a_representation(withdrawn=True)

    response = ask(**{"If-Modified-Since": "Sun, 01 Mar 2026 12:00:00 GMT"})

    assert response.status_code == 410
    assert "110692" in response.content.decode()


def test_document_that_never_was_is_not_found():
    assert ask().status_code == 404


def test_bytes_are_answered_from_memory_while_the_database_has_the_same_checksum():
    row = a_representation()
    ask()
    Representation.objects.filter(pk=row.pk).update(content=b"not asked for")

    # More often than it takes until the statement is prepared.
    assert [ask().content for _ in range(4)] == [b"respect des fonds"] * 4


def test_what_is_rendered_anew_is_sent_at_once():
    row = a_representation()
    ask()
    Representation.objects.filter(pk=row.pk).update(content=b"fonds is fonds", checksum="def")

    response = ask()

    assert (response.content, response["ETag"]) == (b"fonds is fonds", '"def"')


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_kept_in_memory_does_not_outlive_its_document(status):
    row = a_representation()
    ask()
    if status == 404:
        row.delete()
    else:
        Representation.objects.filter(pk=row.pk).update(content=b"", checksum="", withdrawn=True)

    response = ask()

    assert response.status_code == status
    assert b"respect" not in response.content
    assert serving._kept.last(("110692", "motto")) is None


def test_site_may_keep_nothing_in_memory(settings):
    settings.FONDS = {**settings.FONDS, "KEPT_IN_MEMORY": 0}
    a_representation()

    assert [ask().content for _ in range(2)] == [b"respect des fonds"] * 2
    assert serving._kept.last(("110692", "motto")) is None


def test_answer_takes_one_query(django_assert_num_queries):
    a_representation()

    with django_assert_num_queries(1):
        ask()


@open_to_all
def view(request):
    return HttpResponse("read me")


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("HEAD", 200), ("OPTIONS", 204), ("POST", 405)])
def test_every_origin_may_read_and_nobody_may_write(method, status):
    response = view(RequestFactory().generic(method, "/"))

    assert response.status_code == status
    assert response["Access-Control-Allow-Origin"] == "*"
