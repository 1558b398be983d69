"""The stream of changes, as its consumers read it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import publication
from archive.models import Document, Representation
from iiif.discovery import changes
from tests.builders import a_document, a_published_document, published
from tests.harvest.keeping.hands import PATIENCE, Hand
from tests.iiif.discovery.consumers import ALL_CHANGES, Consumer, got

pytestmark = pytest.mark.django_db

SITE = "https://archive.example.org/iiif"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def manifests(number: int, *, of_one_moment: int = 3) -> list[str]:
    """Identifiers of so many manifests, several of each moment, as batches leave them."""
    made = Document.objects.bulk_create(
        Document(identifier=f"d{n:03}", title=f"Telegram {n}", state="published", published_at=NOON)
        for n in range(number)
    )
    moments = [NOON + timedelta(microseconds=n // of_one_moment) for n in range(number)]
    Representation.objects.bulk_create(
        Representation(
            document=each,
            number=each.pk,
            identifier=each.identifier,
            format="manifest",
            content=b"{}",
            changed_at=moment,
        )
        for each, moment in zip(made, moments, strict=True)
    )
    return [each.identifier for each in made]


def names(page) -> list[str]:
    return [each["object"]["id"].removeprefix(f"{SITE}/").removesuffix("/manifest") for each in page["orderedItems"]]


def pages(client, address: str, follow: str) -> list:
    """Every page from one on."""
    found = [got(client, address)]
    while follow in found[-1]:
        found.append(got(client, found[-1][follow]["id"]))
    return found


def changed(document: Document, **fields) -> None:
    for name, value in fields.items():
        setattr(document, name, value)
    document.save()
    assert not publication.refresh([document.pk]).failed


def test_collection_leads_to_its_last_page_and_to_its_first(client):
    a_published_document()

    collection = got(client, ALL_CHANGES)

    assert collection["id"] == f"{SITE}/activity/all-changes"
    assert collection["type"] == "OrderedCollection"
    assert collection["rights"] == "http://creativecommons.org/publicdomain/zero/1.0/"
    for end in ("first", "last"):
        page = got(client, collection[end]["id"])
        assert page["id"] == collection[end]["id"]
        assert page["type"] == collection[end]["type"] == "OrderedCollectionPage"
        assert page["partOf"] == {"id": collection["id"], "type": "OrderedCollection"}
        assert names(page) == ["110692"]
        assert "prev" not in page
        assert "next" not in page


def test_manifest_is_created_updated_deleted_and_created_again(client):
    kinds = []
    document = a_document()

    for step in (
        lambda: published(document),
        lambda: changed(document, title="Another title"),
        lambda: publication.withdraw([document.pk], reason="Rights were claimed."),
        lambda: published(document),
    ):
        step()
        [activity] = got(client, "/iiif/activity/last")["orderedItems"]
        kinds.append(activity["type"])

        assert activity["object"] == {"id": f"{SITE}/110692/manifest", "type": "Manifest"}
        row = Representation.objects.get(format="manifest")
        assert datetime.fromisoformat(activity["endTime"]) == row.changed_at

    assert kinds == ["Create", "Update", "Delete", "Create"]


def test_what_came_before_its_coming_was_kept_counts_as_updated(client):
    a_published_document()
    Representation.objects.update(appeared_at=None)

    assert got(client, "/iiif/activity/last")["orderedItems"][0]["type"] == "Update"


def test_draft_is_no_change(client):
    a_document("draft0")

    assert got(client, "/iiif/activity/last")["orderedItems"] == []
    assert got(client, "/iiif/activity/first")["orderedItems"] == []


def test_rendering_anew_without_a_difference_is_no_change(client):
    document = a_published_document()
    before = client.get("/iiif/activity/last").content

    publication.refresh([document.pk])

    assert client.get("/iiif/activity/last").content == before


@pytest.mark.parametrize(("end", "follow"), [("last", "prev"), ("first", "next")])
def test_pages_from_either_end_together_are_every_change_once_in_order(client, monkeypatch, end, follow):
    monkeypatch.setattr(changes, "SIZE", 4)
    identifiers = manifests(14)

    found = pages(client, f"/iiif/activity/{end}", follow)
    ordered = found if follow == "next" else found[::-1]

    assert [len(page["orderedItems"]) for page in found] == [4, 4, 4, 2]
    assert [name for page in ordered for name in names(page)] == identifiers
    times = [each["endTime"] for page in ordered for each in page["orderedItems"]]
    assert times == sorted(times)


def test_neighbours_of_a_page_lead_back_to_it(client, monkeypatch):
    monkeypatch.setattr(changes, "SIZE", 4)
    manifests(14)
    middle = pages(client, "/iiif/activity/last", "prev")[1]

    following = got(client, middle["next"]["id"])

    assert names(got(client, following["prev"]["id"])) == names(middle)


def test_page_whose_changes_have_all_changed_again_is_empty_and_ends_the_walk(client, monkeypatch):
    monkeypatch.setattr(changes, "SIZE", 4)
    manifests(6)
    last = got(client, "/iiif/activity/last")
    Representation.objects.update(changed_at=NOON + timedelta(days=1))

    page = got(client, last["prev"]["id"])

    assert page["orderedItems"] == []
    assert "prev" not in page


def test_page_costs_the_same_at_any_depth(client, monkeypatch):
    monkeypatch.setattr(changes, "SIZE", 4)
    manifests(14)
    deep = pages(client, "/iiif/activity/last", "prev")[2]["id"].removeprefix("https://archive.example.org")

    with CaptureQueriesContext(connection) as queries:
        client.get(deep)

    assert len(queries) == 1
    plan = connection.cursor()
    plan.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + queries[0]["sql"])
    said = str(plan.fetchall())
    assert "(changed_at,number)<(?,?)" in said or connection.vendor != "sqlite", said
    assert "TEMP B-TREE" not in said


def test_place_that_nobody_named_is_not_found(client):
    for place in ("nowhere", "before-", "before-1", "before-x-1", "before--1-1", f"after-{'9' * 18}-1", "last-1-1"):
        response = client.get(f"/iiif/activity/{place}")

        assert response.status_code == 404, place
        assert b"all-changes" in response.content


def test_who_has_the_page_already_is_told_so(client):
    document = a_published_document()
    etag = client.get("/iiif/activity/last")["ETag"]

    assert client.get("/iiif/activity/last", headers={"If-None-Match": etag}).status_code == 304
    publication.withdraw([document.pk], reason="Rights were claimed.")
    assert client.get("/iiif/activity/last", headers={"If-None-Match": etag}).status_code == 200


def test_pages_of_other_sites_may_read_it(client):
    for address in (ALL_CHANGES, "/iiif/activity/last", "/iiif/activity/nowhere"):
        response = client.get(address)

        assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get(ALL_CHANGES)["Content-Type"] == (
        'application/ld+json;profile="http://iiif.io/api/discovery/1/context.json"'
    )
    assert json.loads(client.get(ALL_CHANGES).content)["@context"] == "http://iiif.io/api/discovery/1/context.json"


def test_consumer_that_goes_on_from_the_last_change_it_knows_misses_none(several_connections, client, monkeypatch):
    """A change that was stamped before a crawl and committed after it comes with the next crawl."""
    monkeypatch.setattr(changes, "SIZE", 2)
    documents = [a_document(f"d{n}") for n in range(7)]
    publication.publish([each.pk for each in documents[:3]])
    consumer = Consumer(client)
    consumer.crawl()

    slow = Hand(lambda: publication.publish([each.pk for each in documents[3:]]), hold=True)
    slow.start()
    assert slow.done.wait(PATIENCE)
    consumer.crawl()
    assert consumer.read == []
    slow.end()
    publication.withdraw([documents[0].pk], reason="Rights were claimed.")
    consumer.crawl()

    assert consumer.manifests == {f"{SITE}/d{n}/manifest" for n in range(1, 7)}
    consumer.crawl()
    assert consumer.read == []
