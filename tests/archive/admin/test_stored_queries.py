"""Stored queries as an archivist edits them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from archive import publication
from archive.models import Document, SetMembership, StoredQuery

pytestmark = pytest.mark.django_db

ADD = "admin:archive_storedquery_add"
EMPTY = {
    "title": "Russian letters", "slug": "russian", "within": "", "description": "", "words": "", "collection": "",
    "unit": "", "original_language": "", "dated_from": "", "dated_to": "", "published_within": "",
}  # fmt: skip


@pytest.fixture
def russian() -> Document:
    """A published document in Russian, rendered a while ago."""
    made = Document.objects.create(
        title="Telegram", original_language="ru", state="published", published_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    publication.refresh([made.pk])
    return made


def members(spec: str) -> set[int]:
    rows = SetMembership.objects.filter(spec=spec, left=False)
    return set(rows.values_list("representation__document", flat=True))


def saved(client, query: StoredQuery, **values: str) -> None:
    address = reverse("admin:archive_storedquery_change", args=[query.pk])
    asked = {name: value for name, value in EMPTY.items() if name not in {"slug", "within"}}
    assert client.post(address, {**asked, **values}).status_code == 302


def test_documents_enter_and_leave_the_set_as_the_query_changes(admin_client, russian):
    admin_client.post(reverse(ADD), {**EMPTY, "original_language": "ru"})
    publication.refresh(publication.follow_queries())
    assert members("query:russian") == {russian.pk}

    query = StoredQuery.objects.get()
    page = admin_client.get(reverse("admin:archive_storedquery_change", args=[query.pk])).content.decode()
    assert "1 answer, 1 are in the set" in page

    saved(admin_client, query, original_language="zh")
    publication.refresh(publication.follow_queries())
    assert members("query:russian") == set()


def test_documents_leave_the_set_of_a_query_that_is_deleted(admin_client, russian):
    admin_client.post(reverse(ADD), {**EMPTY, "original_language": "ru"})
    publication.refresh(publication.follow_queries())
    query = StoredQuery.objects.get()

    admin_client.post(reverse("admin:archive_storedquery_delete", args=[query.pk]), {"post": "yes"})
    publication.refresh(publication.stale())

    assert not StoredQuery.objects.exists()
    assert members("query:russian") == set()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "This asks for nothing"),
        ({"original_language": "no tag"}, "is not a language tag"),
        ({"dated_from": "1952-01-01", "dated_to": "1951-01-01"}, "before the first one"),
        ({"words": "a\x01b"}, "control character"),
        ({"published_within": "-1"}, "greater than or equal to 0"),
    ],
)
def test_question_that_cannot_be_asked_is_refused_in_words(admin_client, values, said):
    response = admin_client.post(reverse(ADD), {**EMPTY, **values})

    assert said in response.content.decode()
    assert not StoredQuery.objects.exists()


def test_name_of_the_set_cannot_be_changed(admin_client):
    query = StoredQuery.objects.create(slug="russian", title="Russian", original_language="ru")

    saved(admin_client, query, original_language="ru", slug="other")

    assert StoredQuery.objects.get().slug == "russian"
