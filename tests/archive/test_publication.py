"""Publishing, refreshing and withdrawing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive import datestamps, publication, representations
from archive.description import Description
from archive.models import Document, LastDatestamp, Representation, SetMembership
from archive.publication import publishing
from archive.publication.batches import batches
from tests.builders import a_collection, a_document, a_published_document

pytestmark = pytest.mark.django_db

MOMENTS = [datetime(2026, 1, 1, 12, 0, second, tzinfo=UTC) for second in range(10)]


class TitleOnly:
    """A format of the test's own: the title, and nothing for documents without one to say."""

    format = "title"
    media_type = "text/plain"
    extension = ""

    def render(self, description: Description) -> bytes | None:
        if description.title.value == "break":
            raise ValueError("this title breaks the renderer")
        return None if description.title.value == "silent" else description.title.value.encode()


@pytest.fixture(autouse=True)
def only_titles(monkeypatch):
    registry = representations.Registry()
    registry.register(TitleOnly())
    monkeypatch.setattr(representations, "registry", registry)


@pytest.fixture
def clock(monkeypatch):
    """Each verb happens one second after the one before."""
    moments = iter(MOMENTS)
    LastDatestamp.objects.update(moment=datestamps.BEGINNING)
    monkeypatch.setattr(datestamps, "now", lambda: next(moments))


def representation(document: Document) -> Representation:
    return Representation.objects.get(document=document, format="title")


def test_published_document_has_its_representations():
    document = a_published_document(title="A telegram")

    assert document.published
    assert bytes(representation(document).content) == b"A telegram"


def test_publishing_again_moves_no_datestamp(clock):
    document = a_published_document()
    before = representation(document).changed_at

    outcome = publication.publish([document.pk])

    assert outcome.representations == 0
    assert representation(document).changed_at == before


def test_refresh_restamps_what_changed_and_only_that(clock):
    changed, same = a_published_document("1"), a_published_document("2")
    Document.objects.filter(pk=changed.pk).update(title="Another title")

    outcome = publication.refresh([changed.pk, same.pk])

    assert outcome.representations == 1
    assert representation(changed).changed_at == MOMENTS[2]
    assert representation(same).changed_at == MOMENTS[1]


def test_refresh_does_not_publish_a_draft():
    document = a_document()

    publication.refresh([document.pk])

    document.refresh_from_db()
    assert document.state == Document.State.DRAFT
    assert not document.representations.exists()


def test_withdrawn_document_leaves_a_tombstone_without_content(clock):
    document = a_published_document()

    publication.withdraw([document.pk], reason="Rights were claimed.")

    document.refresh_from_db()
    tombstone = representation(document)
    assert (document.state, document.state_reason) == (Document.State.WITHDRAWN, "Rights were claimed.")
    assert (tombstone.withdrawn, bytes(tombstone.content), tombstone.checksum) == (True, b"", "")
    assert tombstone.changed_at == MOMENTS[1]


def test_withdrawing_a_draft_says_nothing_to_the_world():
    document = a_document()

    publication.withdraw([document.pk])

    document.refresh_from_db()
    assert document.state == Document.State.DRAFT
    assert not document.representations.exists()


def test_withdrawn_document_can_be_published_again_as_the_same_record():
    document = a_published_document()
    first = representation(document)
    publication.withdraw([document.pk])

    publication.publish([document.pk])

    again = representation(document)
    assert (again.pk, again.withdrawn, again.checksum) == (first.pk, False, first.checksum)


def test_document_that_cannot_be_rendered_does_not_hold_up_the_others():
    bad, good = a_document("1", title="break"), a_document("2")

    outcome = publication.publish([bad.pk, good.pk])

    assert outcome.documents == [good.pk]
    assert "this title breaks the renderer" in outcome.failed[bad.pk]
    assert not Document.objects.get(pk=bad.pk).published


def test_document_under_embargo_waits_and_leaves_nothing():
    document = a_document(embargo_until=timezone.localdate() + timedelta(days=1))

    outcome = publication.publish([document.pk])

    document.refresh_from_db()
    assert (outcome.held_back, document.state) == ([document.pk], Document.State.EMBARGOED)
    assert not document.representations.exists()
    assert publication.due() == []


def test_document_whose_embargo_has_ended_is_due_and_can_be_published():
    document = a_document(embargo_until=timezone.localdate() + timedelta(days=1))
    publication.publish([document.pk])
    Document.objects.update(embargo_until=timezone.localdate())

    assert publication.due() == [document.pk]
    publication.publish(publication.due())

    assert Document.objects.get().published
    assert publication.due() == []


def test_embargo_laid_on_a_public_document_leaves_a_tombstone():
    document = a_published_document()
    Document.objects.update(embargo_until=timezone.localdate() + timedelta(days=1))

    publication.refresh([document.pk])

    assert not Document.objects.public().exists()
    assert representation(document).withdrawn


def test_document_withdrawn_during_a_long_refresh_stays_withdrawn_whatever_its_embargo(monkeypatch):
    monkeypatch.setattr(publishing, "batches", partial(batches, size=1))
    first, second = (a_published_document(str(number)) for number in range(2))

    def withdraw_the_other():
        publication.withdraw([second.pk], reason="Rights were claimed.")
        Document.objects.filter(pk=second.pk).update(embargo_until=timezone.localdate() + timedelta(days=1))

    outcome = publication.refresh([first.pk, second.pk], on_progress=withdraw_the_other)

    second.refresh_from_db()
    assert (second.state, second.state_reason) == ("withdrawn", "Rights were claimed.")
    assert (outcome.documents, outcome.held_back) == ([first.pk], [])


def test_every_change_of_state_tells_who_and_why(admin_user):
    document = a_document()
    publication.publish([document.pk], by=admin_user)
    publication.publish([document.pk], by=admin_user)
    publication.withdraw([document.pk], reason="Rights were claimed.", by=admin_user)

    assert [(c.before, c.after, c.reason, c.by) for c in document.state_changes.order_by("pk")] == [
        ("draft", "published", "", admin_user),
        ("published", "withdrawn", "Rights were claimed.", admin_user),
    ]


def test_text_that_no_font_can_set_is_published_without_pages_and_the_archivist_told():
    document = a_published_document(body="Plain Latin")
    assert document.pages.exists()
    document.texts.update(body="A letter for private use: \U00100000")

    outcome = publication.refresh([document.pk])

    document.refresh_from_db()
    assert outcome.documents == [document.pk]
    assert not document.pages.exists()
    assert "font" in document.publication_error


def test_change_whose_hint_got_lost_is_found(clock):
    document = a_published_document()
    assert publication.stale(grace=timedelta(0)) == []

    document.summary = "Corrected"
    document.save()

    assert publication.stale(grace=timedelta(0)) == [document.pk]
    publication.refresh([document.pk])
    assert publication.stale(grace=timedelta(0)) == []


def test_fresh_change_is_left_to_its_hint():
    document = a_published_document()
    document.save()

    assert publication.stale() == []


def test_format_that_has_nothing_more_to_say_becomes_a_tombstone():
    document = a_published_document()
    Document.objects.filter(pk=document.pk).update(title="silent")

    publication.refresh([document.pk])

    assert representation(document).withdrawn


def test_document_is_in_the_set_of_its_collection_and_of_those_above():
    document = a_document()
    document.collections.add(a_collection("armistice", parent=a_collection("korea")))

    publication.publish([document.pk])

    assert representation(document).sets == ["collection:korea", "collection:korea:armistice", "language:en"]
    assert SetMembership.objects.filter(left=False).count() == 3


def test_leaving_a_set_restamps_and_is_remembered(clock):
    document = a_document()
    document.collections.add(a_collection("korea"))
    publication.publish([document.pk])
    before = representation(document).changed_at
    document.collections.clear()

    publication.refresh([document.pk])

    membership = SetMembership.objects.get(spec="collection:korea")
    assert (membership.left, membership.changed_at) == (True, representation(document).changed_at)
    assert membership.changed_at > before


def test_refresh_asks_the_database_as_often_for_ten_documents_as_for_two():
    few = [a_published_document(f"few-{n}").pk for n in range(2)]
    many = [a_published_document(f"many-{n}").pk for n in range(10)]

    with CaptureQueriesContext(connection) as for_few:
        publication.refresh(few)
    with CaptureQueriesContext(connection) as for_many:
        publication.refresh(many)

    assert len(for_many) == len(for_few)


def test_document_that_cannot_be_rendered_says_why_until_it_can():
    document = a_document(title="break")

    publication.publish([document.pk])
    document.refresh_from_db()
    assert (document.state, document.publication_error) == (
        Document.State.DRAFT,
        "cannot be rendered: this title breaks the renderer",
    )

    Document.objects.filter(pk=document.pk).update(title="mended")
    publication.publish([document.pk])
    document.refresh_from_db()
    assert (document.state, document.publication_error) == (Document.State.PUBLISHED, "")
