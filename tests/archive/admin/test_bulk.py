"""Editing in bulk: chosen on a list, seen as a difference, done by a worker, reported and undone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from archive import finding, history, jobs
from archive.models import Agent, Document, Job, Place, Subject
from tests.archive.admin.browser import said
from tests.archive.admin.conftest import logged_in
from tests.archive.jobs.builders import a_subject, documents, run, submitted
from tests.builders import a_collection, a_document, a_published_document

pytestmark = pytest.mark.django_db

LIST = reverse("admin:archive_document_changelist")
JOBS = reverse("admin:archive_job_changelist")


def asked(*chosen: Document, **data: object) -> dict[str, object]:
    return {"action": "edit_in_bulk", "_selected_action": [each.pk for each in chosen], "select_across": "0", **data}


def subject_data(agent: Agent) -> dict[str, object]:
    return {"operation": "add_subject", "relation": "about", "agent": agent.pk}


def page_of(job: Job, view: str = "change") -> str:
    return reverse(f"admin:archive_job_{view}", args=[job.pk])


@pytest.fixture
def agent(db) -> Agent:
    return Agent.objects.create(name="Mao Zedong")


def test_operations_are_offered_for_the_selection(archivist):
    page = archivist.post(LIST, asked(a_document())).content.decode()

    assert "1 document selected" in page
    for title in ("Add a subject", "Remove a subject", "Set rights", "Add to a collection", "Publish", "Withdraw"):
        assert f"<summary>{title}</summary>" in page


def test_difference_is_shown_and_nothing_is_changed(archivist, agent):
    first, second = documents(2)
    Subject.objects.create(document=second, agent=agent)

    page = archivist.post(LIST, asked(first, second, **subject_data(agent))).content.decode()

    assert "1 of 2 documents will change." in page
    assert "Has this subject already." in page
    assert "<ins>is about Mao Zedong</ins>" in page
    assert (Subject.objects.count(), Job.objects.count()) == (1, 0)


def test_job_is_on_the_whole_filtered_result(archivist, worked_off, agent):
    documents(60, title="A telegram")
    a_document("other", title="A letter")
    finding.note(Document.objects.values_list("pk", flat=True))
    chosen = asked(Document.objects.get(identifier="d0"), **{**subject_data(agent), "select_across": "1"})
    mark = archivist.post(f"{LIST}?q=telegram", chosen).context["preview"].mark

    response = worked_off(archivist, f"{LIST}?q=telegram", {**chosen, "mark": mark})

    job = Job.objects.get()
    assert response.redirect_chain[-1][0] == page_of(job)
    assert (job.state, job.total, job.items.filter(state="done").count()) == ("done", 60, 60)
    assert not Subject.objects.filter(document__identifier="other").exists()


def test_difference_is_shown_again_if_the_selection_has_changed_since(archivist, worked_off, agent):
    first, second = documents(2)
    chosen = asked(first, second, **subject_data(agent))
    mark = archivist.post(LIST, chosen).context["preview"].mark
    Subject.objects.create(document=second, agent=agent)

    page = worked_off(archivist, LIST, {**chosen, "mark": mark}).content.decode()

    assert "The selection has changed since" in page
    assert "1 of 2 documents will change." in page
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"operation": "add_subject", "relation": "about"}, "Choose what it is"),
        ({"operation": "add_subject", "relation": "is a", "agent": "1"}, "Select a valid choice"),
        ({"operation": "set_rights"}, "Fill in at least one of the three"),
        ({"operation": "set_rights", "rights_uri": "no address"}, "Enter a valid URL"),
        ({"operation": "set_rights", "rights": "Free\x03"}, "control character in line 1, place 5"),
        ({"operation": "add_to_collection", "collection": "999"}, "Select a valid choice"),
        ({"operation": "withdraw", "reason": " "}, "This field is required"),
    ],
)
def test_bad_parameters_are_refused_beside_their_field(archivist, data, message):
    page = archivist.post(LIST, asked(a_document(), **data)).content.decode()

    assert message in page
    assert "<title>Error:" in page
    assert not Job.objects.exists()


def test_relation_that_does_not_fit_is_refused(archivist, agent):
    data = {"operation": "add_subject", "relation": "written at", "agent": agent.pk}

    page = archivist.post(LIST, asked(a_document(), **data)).content.decode()

    assert "“was written at” goes with a place." in page


def test_rights_left_blank_stay_unless_they_are_to_be_emptied(archivist, worked_off):
    document = a_document(rights="Free.", rights_holder="The archive")
    for emptied, expected in (({}, "The archive"), ({"emptied": "on"}, "")):
        chosen = asked(document, operation="set_rights", rights="On request.", **emptied)
        mark = archivist.post(LIST, chosen).context["preview"].mark
        worked_off(archivist, LIST, {**chosen, "mark": mark})
        document.refresh_from_db()
        assert (document.rights, document.rights_holder) == ("On request.", expected)


def test_hidden_fields_of_the_difference_post_what_was_filled_in(archivist):
    korea = a_collection("korea")

    page = archivist.post(LIST, asked(a_document(), operation="add_to_collection", collection=korea.pk))

    assert f'name="collection" value="{korea.pk}"' in page.content.decode()
    assert 'name="operation" value="add_to_collection"' in page.content.decode()


def test_only_operations_that_somebody_may_do_are_offered(agent):
    client = logged_in("view_document", "change_document", "bulk_edit_document", "view_agent")
    document = a_document()

    page = client.post(LIST, asked(document)).content.decode()
    response = client.post(LIST, asked(document, operation="publish"))

    assert "Add a subject" in page
    assert "<summary>Publish" not in page
    assert response.status_code == 403


def test_page_of_a_job_shows_what_became_of_each_document(archivist):
    documents(2)
    job = run(submitted(a_subject()))
    job.items.filter(identifier="d1").update(state="failed", message="<b>broken</b>")

    page = archivist.get(page_of(job)).content.decode()

    assert "2 of 2 documents" in page
    assert "&lt;b&gt;broken&lt;/b&gt;" in page
    assert page.index("(d1)") < page.index("(d0)")
    assert "Retry 1" in page
    assert "Undo 1 change" in page
    assert "live.js" not in page


def test_page_of_an_unfinished_job_keeps_itself_up_to_date(archivist):
    documents(1)
    job = submitted()

    page = archivist.get(page_of(job)).content.decode()

    assert "live.js" in page
    assert "0 of 1 documents" in page
    assert "Cancel</button>" in page
    assert page_of(job, "undo") not in page


def test_job_is_cancelled_and_retried_and_undone_from_its_page(archivist, worked_off):
    documents(1)
    job = submitted(a_subject())

    worked_off(archivist, page_of(job, "cancel"), {})
    job.refresh_from_db()
    assert job.state == "cancelled"

    worked_off(archivist, page_of(job, "retry"), {})
    job.refresh_from_db()
    assert (job.state, Subject.objects.count()) == ("done", 1)

    asked = worked_off(archivist, page_of(job, "undo"), {})
    assert Subject.objects.count() == 1
    response = worked_off(archivist, page_of(job, "undo"), {"mark": asked.context["preview"].mark})
    assert Subject.objects.count() == 0
    assert response.redirect_chain[-1][0] == page_of(Job.objects.get(undoes=job))


def test_undo_shows_what_it_will_change_and_leave_before_it_does(archivist, worked_off):
    documents(2)
    job = run(submitted(a_subject()))
    history.keep([Document.objects.get(identifier="d0").pk])
    changed = Document.objects.get(identifier="d1")
    Document.objects.filter(pk=changed.pk).update(title="Changed since")
    history.record([changed.pk], act="edited")

    page = worked_off(archivist, page_of(job, "undo"), {})

    html = page.content.decode()
    assert "1 of 2 documents will be put back" in html
    assert "1 stays as it is: Was changed since" in html
    assert re.search(r"<del>Subjects: [^<]*Mao Zedong[^<]*</del>", html)
    assert not Job.objects.filter(undoes=job).exists()


def test_undo_is_shown_again_where_somebody_was_faster(archivist, worked_off):
    documents(2)
    job = run(submitted(a_subject()))
    mark = worked_off(archivist, page_of(job, "undo"), {}).context["preview"].mark
    Document.objects.filter(identifier="d1").update(title="Changed since")
    history.record(Document.objects.values_list("pk", flat=True), act="edited")

    html = worked_off(archivist, page_of(job, "undo"), {"mark": mark}).content.decode()

    assert "have changed since you saw" in html
    assert Subject.objects.count() == 2


def test_undo_that_cannot_be_is_said(archivist, worked_off):
    documents(1)
    job = submitted()

    assert "still in work" in said(worked_off(archivist, page_of(job, "undo"), {}))


def test_verbs_are_not_for_get(archivist):
    job = submitted()

    assert [archivist.get(page_of(job, verb)).status_code for verb in ("cancel", "retry", "undo")] == [405] * 3


def test_undo_of_a_publication_takes_the_permission_to_withdraw():
    a_published_document()
    a_document("draft")
    job = run(submitted(jobs.operation_of("publish")()))
    client = logged_in("view_job", "bulk_edit_document", "publish_document")

    assert client.post(page_of(job, "undo")).status_code == 403
    assert Document.objects.filter(state="withdrawn").count() == 0


def test_lists_ask_as_much_for_many_as_for_few(archivist, django_assert_max_num_queries):
    documents(3)
    for _ in range(10):
        run(submitted())
    for address in (JOBS, page_of(Job.objects.first()), reverse("admin:archive_jobitem_changelist")):
        archivist.get(address)
        with django_assert_max_num_queries(12):
            assert archivist.get(address).status_code == 200


def test_items_of_one_job_are_listed(archivist):
    documents(2)
    job, _ = run(submitted()), run(submitted())

    page = archivist.get(
        reverse("admin:archive_jobitem_changelist"), {"job__id__exact": job.pk, "state__exact": "done"}
    )

    assert page.context["cl"].result_count == 2


def test_place_is_offered_where_places_are_administered(archivist):
    from django.contrib import admin

    form = archivist.post(LIST, asked(a_document())).context["forms"][0]

    assert ("place" in form.fields) == admin.site.is_registered(Place)
