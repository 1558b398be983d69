"""A document goes back to a version as a whole, or not at all."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from archive import history
from archive.history import RestoreRefused
from archive.history.contents import columns
from archive.models import (
    Agent,
    ArchivalReference,
    Collection,
    Contribution,
    Document,
    DocumentNumber,
    Page,
    Revision,
    Text,
)
from archive.publication import publish
from tests.archive.history.builders import a_whole_document, said
from tests.builders import a_document, a_published_document, a_sender

pytestmark = pytest.mark.django_db


def emptied(document: Document) -> None:
    """Change a document beyond recognition."""
    defaults = {column.name: column.default for column in columns(Document)}
    Document.objects.filter(pk=document.pk).update(**{**defaults, "title": "Nothing"})
    for relation in ("texts", "numbers", "events", "references", "contributions", "subjects", "relations"):
        getattr(document, relation).all().delete()
    document.collections.clear()


def test_everything_comes_back_in_its_order():
    document = a_whole_document()
    before = said(document)
    history.keep([document.pk])
    emptied(document)
    ada = User.objects.create_user("ada")

    history.restore(document.pk, 1, by=ada)

    assert said(document) == before
    revisions = document.revisions.order_by("number").values_list("act", "by__username", "note")
    assert list(revisions) == [
        ("found", None, ""),
        ("found", None, ""),
        ("restored", "ada", "as of version 1"),
    ]


def test_restoring_can_itself_be_undone():
    document = a_whole_document()
    history.keep([document.pk])
    emptied(document)
    emptied_said = said(document)
    history.restore(document.pk, 1, by=None)

    history.restore(document.pk, 2, by=None)

    assert said(document) == emptied_said


def test_rows_that_changed_places_change_them_back():
    document = a_document()
    for order, value in enumerate(("3305", "25629")):
        DocumentNumber.objects.create(document=document, order=order, kind="telegram", value=value)
    history.keep([document.pk])
    DocumentNumber.objects.filter(value="3305").update(order=7)
    history.record([document.pk], act="edited")

    history.restore(document.pk, 1, by=None)

    assert [each.value for each in document.numbers.all()] == ["3305", "25629"]


def test_state_stays_as_it_is():
    document = a_document(title="Before")
    history.keep([document.pk])
    Document.objects.update(title="After")
    publish([document.pk])
    history.restore(document.pk, 1, by=None)

    document.refresh_from_db()
    assert (document.title, document.state) == ("Before", "published")
    assert document.modified_at > document.refreshed_at


def test_merged_agent_is_followed_and_two_that_became_one_are_one():
    document = a_document()
    filippov, stalin = (a_sender(document, name, as_written=name).agent for name in ("Filippov", "Stalin"))
    history.keep([document.pk])
    Contribution.objects.all().delete()
    between = Agent.objects.create(name="Koba", merged_into=stalin)
    Agent.objects.filter(pk=filippov.pk).update(merged_into=between)

    history.restore(document.pk, 1, by=None)

    assert [(each.agent, each.as_written) for each in document.contributions.all()] == [(stalin, "Filippov")]


def test_deleted_agent_and_collection_are_named_and_nothing_is_written():
    document = a_whole_document()
    history.keep([document.pk])
    emptied(document)
    zhou = Agent.objects.get(name="Zhou Enlai")
    zhou.delete()
    Collection.objects.all().delete()
    before, revisions = said(document), Revision.objects.count()

    with pytest.raises(RestoreRefused) as refused:
        history.restore(document.pk, 1, by=None)

    assert f"agent “Zhou Enlai” ({zhou.identifier})" in str(refused.value)
    assert "collection “The korea collection” (korea)" in str(refused.value)
    assert (said(document), Revision.objects.count()) == (before, revisions)


def test_ark_that_another_document_has_now_is_not_taken_away():
    document, other = a_document("1"), a_document("2", title="The other")
    DocumentNumber.objects.create(document=document, kind="ark", value="ark:/12345/x")
    history.keep([document.pk])
    DocumentNumber.objects.update(document=other)

    with pytest.raises(RestoreRefused, match="now belongs to “The other”"):
        history.restore(document.pk, 1, by=None)


def test_version_that_is_none_is_named():
    document = a_document(title="Telegram")

    with pytest.raises(RestoreRefused, match="“Telegram” has no version 7"):
        history.restore(document.pk, 7, by=None)


def test_pages_of_a_text_outlive_the_restoring_of_its_words():
    document = a_published_document(body="Before")
    history.keep([document.pk])
    pages = set(Page.objects.values_list("pk", flat=True))
    Text.objects.update(body="After")

    history.restore(document.pk, 1, by=None)

    assert pages
    assert set(Page.objects.values_list("pk", flat=True)) == pages
    assert Text.objects.get().body == "Before"


def test_scan_outlives_a_text_that_the_version_did_not_have():
    document = a_document()
    history.keep([document.pk])
    later = Text.objects.create(document=document, order=1, body="Later")
    scan = Page.objects.create(identifier="1.1", document=document, text=later, kind="scan", width=6, height=8)

    history.restore(document.pk, 1, by=None)

    scan.refresh_from_db()
    assert (scan.text, document.texts.count()) == (None, 1)


def test_what_is_the_same_keeps_its_rows():
    document = a_document()
    reference = ArchivalReference.objects.create(document=document, verbatim="APRF")
    history.keep([document.pk])
    Document.objects.update(title="Another")

    history.restore(document.pk, 1, by=None)

    assert document.references.get() == reference
