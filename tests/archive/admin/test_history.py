"""The history of a document in the admin: read, compared, and gone back in."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive import history
from archive.admin.differences import Line, lines
from archive.models import Agent, Document, Representation, Text
from tests.archive.admin.browser import filled_in, said
from tests.archive.admin.conftest import logged_in
from tests.builders import a_document, a_published_document, a_sender

pytestmark = pytest.mark.django_db

ADD = reverse("admin:archive_document_add")


def address_of(document: Document, view: str = "change", *more: object) -> str:
    return reverse(f"admin:archive_document_{view}", args=[document.pk, *more])


def acts(document: Document) -> list[tuple[str, str | None]]:
    return list(document.revisions.order_by("number").values_list("act", "by__username"))


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def edit(client, worked_off, document: Document, **changes):
    return worked_off(client, address_of(document), filled_in(client, address_of(document), **changes))


def test_document_described_by_hand_begins_its_history(archivist, worked_off):
    worked_off(archivist, ADD, filled_in(archivist, ADD, title="A telegram", date="1950", identifier="a"))

    assert acts(Document.objects.get()) == [("created", "user-0")]


def test_first_edit_keeps_what_was_there_before(archivist, worked_off):
    document = a_document(title="Before")

    edit(archivist, worked_off, document, title="After")

    assert acts(document) == [("found", None), ("edited", "user-0")]


def test_saving_without_a_change_is_no_version(archivist, worked_off):
    document = a_document(date="")

    edit(archivist, worked_off, document)

    assert acts(document) == [("found", None)]


def test_form_that_is_refused_is_no_version(archivist, worked_off):
    document = a_document()

    edit(archivist, worked_off, document, date="yesterday")

    assert acts(document) == []


def test_history_tells_who_changed_what_and_how(archivist, worked_off):
    document = a_document(title="The telegram <1>", body="One\nTo discuss this\nThree")
    changes = {"title": "The cable <1>", "texts-0-body": "One\r\nTo discuss that\r\nThree"}
    edit(archivist, worked_off, document, **changes)

    shown = page(archivist, address_of(document, "history"))

    assert "Version 2: edited" in shown
    assert "user-0" in shown
    assert "The <b>telegram</b> &lt;1&gt;</del>" in shown
    assert "The <b>cable</b> &lt;1&gt;</ins>" in shown
    assert "removed: </span>To discuss <b>this</b></del>" in shown
    assert "added: </span>To discuss <b>that</b></ins>" in shown


def test_history_tells_of_publication_among_the_versions(archivist, worked_off):
    document = a_published_document()
    edit(archivist, worked_off, document, title="After")

    assert "Draft → published" in page(archivist, address_of(document, "history"))


def test_history_is_paged_and_costs_the_same_however_long_it_is(archivist):
    short, long = a_document("short"), a_document("long")
    for document, length in ((short, 21), (long, 45)):
        for number in range(length):
            Document.objects.filter(pk=document.pk).update(title=f"Title {number}")
            history.record([document.pk], act="edited", note=f"step {number}")
    page(archivist, address_of(short, "history"))

    with CaptureQueriesContext(connection) as few:
        page(archivist, address_of(short, "history"))
    with CaptureQueriesContext(connection) as more:
        first = page(archivist, address_of(long, "history"))

    assert len(few) == len(more)
    assert first.count("<h2>Version ") == 20
    assert "Page 1 of 3" in first
    assert "The first version that is kept." in page(archivist, f"{address_of(long, 'history')}?p=3")


def test_history_of_a_document_without_versions_says_so(archivist):
    assert "No version is kept yet" in page(archivist, address_of(a_document(), "history"))


def test_restoring_shows_the_difference_and_asks_first(archivist, worked_off):
    document = a_document(title="Before")
    edit(archivist, worked_off, document, title="After")

    shown = page(archivist, address_of(document, "restore", 1))

    assert "After</del>" in shown
    assert "Before</ins>" in shown
    document.refresh_from_db()
    assert document.title == "After"


def test_version_is_restored_when_that_is_confirmed(archivist, worked_off):
    document = a_document(title="Before", body="One")
    edit(archivist, worked_off, document, **{"title": "After", "texts-0-body": "Two"})

    worked_off(archivist, address_of(document, "restore", 1), {"last": "2"})

    document.refresh_from_db()
    assert (document.title, Text.objects.get().body) == ("Before", "One")
    assert acts(document)[-1] == ("restored", "user-0")


def test_public_page_follows_what_was_restored(archivist, worked_off):
    document = a_published_document(title="Before")
    edit(archivist, worked_off, document, title="After")
    assert b"After" in bytes(Representation.objects.get(document=document, format="oai_dc").content)

    worked_off(archivist, address_of(document, "restore", 1), {"last": "2"})

    assert b"Before" in bytes(Representation.objects.get(document=document, format="oai_dc").content)


def test_restoring_asks_again_when_somebody_was_faster(archivist, worked_off):
    document = a_document(title="Before")
    edit(archivist, worked_off, document, title="After")

    response = worked_off(archivist, address_of(document, "restore", 1), {"last": "1"})

    document.refresh_from_db()
    assert document.title == "After"
    assert "Somebody changed the document meanwhile" in said(response)


def test_refusal_to_restore_says_what_is_missing(archivist, worked_off):
    document = a_document()
    a_sender(document)
    history.keep([document.pk])
    document.contributions.all().delete()
    Agent.objects.all().delete()
    history.record([document.pk], act="edited")

    response = worked_off(archivist, address_of(document, "restore", 1), {"last": "2"})

    assert "agent “Stalin”" in said(response)
    assert document.revisions.count() == 2


def test_who_may_only_look_sees_the_history_and_cannot_restore(worked_off):
    document = a_document()
    history.keep([document.pk])
    Document.objects.update(title="After")
    history.record([document.pk], act="edited")
    reader, stranger = logged_in("view_document"), logged_in("view_agent")

    assert "Version 2" in page(reader, address_of(document, "history"))
    assert "Restore this version" not in page(reader, address_of(document, "history"))
    assert reader.get(address_of(document)).status_code == 200
    for client, view in ((reader, "restore"), (stranger, "restore")):
        assert client.post(address_of(document, view, 1), {"last": "2"}).status_code == 403
    assert stranger.get(address_of(document, "history")).status_code == 403


def test_version_or_document_that_is_none_is_not_found(archivist):
    document = a_document()

    assert archivist.get(address_of(document, "restore", 1)).status_code == 404
    assert archivist.get(reverse("admin:archive_document_history", args=[999])).status_code == 404


def test_draft_with_a_history_can_be_deleted(archivist, worked_off):
    document = a_document()
    history.keep([document.pk])

    worked_off(archivist, address_of(document, "delete"), {"post": "yes"})

    assert not Document.objects.exists()


def test_long_texts_show_what_changed_and_pass_over_the_rest():
    before = "\n".join(f"line {n}" for n in range(100))

    shown = list(lines(before, before.replace("line 50", "line fifty")))

    assert [(each.sign, each.passed_over) for each in shown] == [
        ("", 49), ("", 0), ("−", 0), ("+", 0), ("", 0), ("", 48),
    ]  # fmt: skip
    assert shown[3] == Line("+", (("line ", False), ("fifty", True)))
