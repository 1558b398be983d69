"""Queries that an archivist keeps for readers: one thing, which harvesters know as a set."""

from __future__ import annotations

import pytest
from lxml import etree

from archive.models import StoredQuery
from tests.archive.web.test_browsing import public
from tests.builders import a_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def russian() -> StoredQuery:
    """A query for readers, and documents that answer it or do not."""
    public("ru1", original_language="ru")
    public("ru2", original_language="ru")
    public("zh1", original_language="zh")
    a_document("draft", original_language="ru")
    return StoredQuery.objects.create(
        slug="russian", title="Russian letters", description="Written <in> Russian.", original_language="ru",
        for_readers=True,
    )  # fmt: skip


def test_query_for_readers_has_a_page_and_a_feed(client, russian):
    page = client.get("/queries/russian").content.decode()
    feed = client.get("/queries/russian.atom")

    assert "2 documents" in page
    assert "Written &lt;in&gt; Russian." in page
    assert "/documents/draft" not in page
    assert 'type="application/atom+xml" title="Russian letters" href="/queries/russian.atom"' in page
    assert [each.text for each in etree.fromstring(feed.content).findall("{*}entry/{*}title")] == [
        "Telegram ru2",
        "Telegram ru1",
    ]
    assert client.get("/queries/russian.atom", headers={"if-none-match": feed["ETag"]}).status_code == 304


def test_query_for_readers_is_named_at_home_and_on_the_page_about_the_archive(client, russian):
    for address in ("/", "/about/"):
        page = client.get(address).content.decode()
        assert '<a href="/queries/russian">Russian letters</a>' in page
        assert 'rel="alternate" type="application/atom+xml" title="Russian letters"' in page


def test_query_for_harvesters_alone_is_as_if_it_were_not_there(client, russian):
    StoredQuery.objects.update(for_readers=False)

    for address in ("/queries/russian", "/queries/russian.atom"):
        assert client.get(address).status_code == client.get(address.replace("russian", "none")).status_code == 404
    assert "Russian letters" not in client.get("/").content.decode() + client.get("/about/").content.decode()
