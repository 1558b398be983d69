"""Publish and withdraw in the admin."""

from __future__ import annotations

import pytest
from django.urls import reverse
from kombu.exceptions import OperationalError

from archive import publication, representations, tasks
from archive.jobs.operations.withdraw import Withdraw
from archive.models import Document, Job, Representation
from tests.archive.admin.browser import filled_in, said
from tests.builders import a_document, a_published_document

pytestmark = pytest.mark.django_db

LIST = reverse("admin:archive_document_changelist")
State = Document.State


def chosen(action: str, *documents: Document, **more):
    return {"action": action, "_selected_action": [document.pk for document in documents], **more}


def state_of(document: Document) -> str:
    document.refresh_from_db()
    return document.state


@pytest.mark.django_db(transaction=True)  # only then are messages of a commit on the same page
def test_action_publishes_the_selected_documents(archivist, worked_off):
    first, second, third = a_document("1"), a_document("2"), a_document("3")

    response = worked_off(archivist, LIST, chosen("publish", first, second))

    assert [state_of(each) for each in (first, second, third)] == [State.PUBLISHED, State.PUBLISHED, State.DRAFT]
    assert "2 documents are being published" in said(response)


def test_action_publishes_the_whole_filtered_list(archivist, worked_off):
    russian = [a_document(f"ru-{n}", original_language="ru") for n in range(3)]
    chinese = a_document("zh", original_language="zh")

    worked_off(archivist, f"{LIST}?original_language=ru", chosen("publish", russian[0], select_across="1", index="0"))

    assert {state_of(each) for each in russian} == {State.PUBLISHED}
    assert state_of(chinese) == State.DRAFT


def test_cataloguer_cannot_publish(cataloguer, worked_off):
    document = a_document()

    worked_off(cataloguer, LIST, chosen("publish", document))

    assert state_of(document) == State.DRAFT
    assert "Publish selected" not in cataloguer.get(LIST).content.decode()


def test_cataloguer_cannot_withdraw(cataloguer, worked_off):
    document = a_published_document()

    worked_off(cataloguer, LIST, chosen("withdraw", document, reason="I would like to."))

    assert state_of(document) == State.PUBLISHED


def test_withdrawal_asks_for_a_reason_first(archivist, worked_off):
    document = a_published_document(title="A <b>telegram</b>")

    page = worked_off(archivist, LIST, chosen("withdraw", document)).content.decode()
    refused = worked_off(archivist, LIST, chosen("withdraw", document, reason=" ")).content.decode()

    assert "1 published document will be taken back" in page
    assert "A &lt;b&gt;telegram&lt;/b&gt;" in page
    assert "This field is required." in refused
    assert state_of(document) == State.PUBLISHED


@pytest.mark.django_db(transaction=True)  # only then are messages of a commit on the same page
def test_withdrawal_takes_the_published_documents_back_with_the_reason(archivist, worked_off):
    document, draft = a_published_document("1"), a_document("2")

    response = worked_off(archivist, LIST, chosen("withdraw", document, draft, reason="Rights were claimed."))

    assert (state_of(document), document.state_reason) == (State.WITHDRAWN, "Rights were claimed.")
    assert state_of(draft) == State.DRAFT
    assert "1 withdrawn: nobody sees" in said(response)
    assert "1 of the selected stay as they are" in said(response)


def test_nothing_to_withdraw_among_drafts_is_said(archivist, worked_off):
    response = worked_off(archivist, LIST, chosen("withdraw", a_document()))

    assert "Nothing to withdraw" in said(response)


def test_reason_with_a_control_character_is_refused(archivist, worked_off):
    document = a_published_document()

    page = worked_off(archivist, LIST, chosen("withdraw", document, reason="Rights\x03")).content.decode()

    assert "control character in line 1, place 7 (U+0003)" in page
    assert state_of(document) == State.PUBLISHED


def test_document_shows_who_asked_for_what(archivist, worked_off):
    document = a_document()
    worked_off(archivist, LIST, chosen("publish", document))
    worked_off(archivist, LIST, chosen("withdraw", document, reason="Rights were claimed."))

    page = archivist.get(reverse("admin:archive_document_change", args=[document.pk])).content.decode()

    assert "user-0: asked to publish (Job" in page
    assert "user-0: asked to withdraw: Rights were claimed. (Job" in page


class Broken:
    """A format that fails."""

    format, media_type, extension = "broken", "text/plain", ""

    def render(self, description):
        raise ValueError("<i>this</i> breaks the renderer")


def test_document_that_cannot_be_published_shows_why(archivist, worked_off, monkeypatch):
    registry = representations.Registry()
    registry.register(Broken())
    monkeypatch.setattr(representations, "registry", registry)
    document = a_document()

    worked_off(archivist, LIST, chosen("publish", document))

    page = archivist.get(reverse("admin:archive_document_change", args=[document.pk])).content.decode()
    assert "cannot be rendered: &lt;i&gt;this&lt;/i&gt; breaks the renderer" in page
    assert [each.pk for each in archivist.get(LIST, {"problem": "publication"}).context["cl"].result_list] == [
        document.pk
    ]


@pytest.mark.django_db(transaction=True)  # only then are messages of a commit on the same page
def test_save_and_publish_does_both(archivist, worked_off):
    document = a_document()
    address = reverse("admin:archive_document_change", args=[document.pk])

    response = worked_off(archivist, address, filled_in(archivist, address, title="A better title", _publish="1"))

    assert (state_of(document), document.title) == (State.PUBLISHED, "A better title")
    assert "being published" in said(response)


def test_save_and_publish_is_refused_to_who_may_not_publish(cataloguer, worked_off):
    document = a_document()
    address = reverse("admin:archive_document_change", args=[document.pk])

    response = worked_off(cataloguer, address, filled_in(cataloguer, address, _publish="1"))

    assert response.status_code == 403
    assert state_of(document) == State.DRAFT


def test_publication_whose_message_got_lost_is_found_by_the_sweeper(archivist):
    document = a_document()
    archivist.post(LIST, chosen("publish", document))  # and nobody commits, so no message is sent

    tasks.sweep()

    assert state_of(document) == State.PUBLISHED


def test_withdrawal_hangs_on_no_message_however_many_documents_it_is(archivist, monkeypatch):
    monkeypatch.setattr(Withdraw, "batch", 2)
    documents = [a_published_document(str(number), body="The same words.") for number in range(5)]
    beside = a_published_document("beside", body="The same words.")
    beside.relations.create(target=documents[0], kind="reply to")

    archivist.post(LIST, {**chosen("withdraw", *documents), "reason": "Rights were claimed."})

    assert list(Document.objects.public()) == [beside]
    assert not Representation.objects.filter(document__in=documents, withdrawn=False).exists()
    assert publication.stale() == [beside.pk]
    job = Job.objects.get()
    assert (job.state, [item.state for item in job.items.all()]) == ("done", ["done"] * 5)


def test_withdrawal_is_undone_like_any_job(archivist, worked_off):
    document = a_published_document()
    worked_off(archivist, LIST, chosen("withdraw", document, reason="Rights were claimed."))
    address = reverse("admin:archive_job_undo", args=[Job.objects.get().pk])

    page = worked_off(archivist, address, {})
    worked_off(archivist, address, {"mark": page.context["preview"].mark})

    assert state_of(document) == State.PUBLISHED


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("no connection"), FileNotFoundError("no folder")])
def test_queue_that_does_not_answer_is_told_of_and_what_was_saved_is_saved(archivist, worked_off, monkeypatch, error):
    document = a_published_document()

    def refuse(ids):
        raise error

    monkeypatch.setattr(tasks.refresh, "delay", refuse)
    address = reverse("admin:archive_document_change", args=[document.pk])

    response = worked_off(archivist, address, filled_in(archivist, address, title="Another"))

    document.refresh_from_db()
    assert document.title == "Another"
    assert "The message queue does not answer" in said(response)


def test_withdrawing_from_the_page_of_a_document_leads_back_to_it(archivist, worked_off):
    document = a_published_document()
    page = reverse("admin:archive_document_change", args=[document.pk])

    asked = archivist.post(LIST, chosen("withdraw", document, from_document="1")).content.decode()
    done = worked_off(archivist, LIST, chosen("withdraw", document, from_document="1", reason="Names the living"))

    assert f'<a href="{page}" class="closelink">' in asked
    assert 'name="from_document"' in asked
    assert done.redirect_chain == [(page, 302)]
    assert state_of(document) == State.WITHDRAWN
