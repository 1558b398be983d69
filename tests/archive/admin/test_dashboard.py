"""The dashboard: what waits, what went wrong and what happened last, for whom it concerns."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive import history, review
from archive.models import Accession, Document
from tests.archive.admin.conftest import logged_in
from tests.archive.jobs.builders import run, submitted
from tests.builders import a_document, a_published_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

INDEX, ARCHIVE = reverse("admin:index"), reverse("admin:app_list", args=["archive"])


@pytest.mark.parametrize("address", [INDEX, ARCHIVE])
def test_shows_what_waits_and_what_went_wrong(archivist, django_user_model, address):
    user = django_user_model.objects.create_user("mara")
    waiting = a_document("1", title="Waits for review")
    review.send([waiting.pk], by=user)
    Document.objects.filter(pk=a_document("2").pk).update(publication_error="cannot be rendered: <i>why</i>")
    failed = Accession.objects.create(state="failed")
    job = run(submitted())
    job.items.update(state="failed")
    type(job).objects.update(state="failed")

    page = archivist.get(address).content.decode()

    assert "Waits for review" in page
    assert "mara" in page
    assert "cannot be rendered: &lt;i&gt;why&lt;/i&gt;" in page
    assert reverse("admin:archive_accession_change", args=[failed.pk]) in page
    assert reverse("admin:archive_job_change", args=[job.pk]) in page


def test_latest_changes_come_first_with_who_made_them(archivist, django_user_model):
    user = django_user_model.objects.create_user("mara")
    first, second = a_document("1", title="First"), a_document("2", title="Second")
    history.record([first.pk], act=history.EDITED, by=user)
    review.send([second.pk], by=user)

    changes = archivist.get(INDEX).content.decode().split("Latest changes")[1]

    assert changes.index("Second") < changes.index("First")
    assert "edited, mara" in changes


def test_what_was_done_to_many_at_once_is_one_of_the_latest_changes(archivist, django_user_model):
    user = django_user_model.objects.create_user("mara")
    one = a_document("one", title="Described by hand")
    history.record([one.pk], act=history.EDITED, by=user)
    history.record([a_document(f"{n}").pk for n in range(30)], act=history.ACCESSION, by=user, note="volume.xml")

    changes = archivist.get(INDEX).content.decode().split("Latest changes")[1]

    assert "and 29 more" in changes
    assert "Described by hand" in changes


def test_empty_archive_has_a_dashboard_too(archivist):
    page = archivist.get(INDEX).content.decode()

    assert "Nothing waits." in page
    assert "None in work, none with errors." in page


def test_who_may_not_see_the_archive_sees_nothing_of_it():
    a_document(title="Secret")
    client = logged_in("add_accession")

    page = client.get(INDEX)

    assert page.status_code == 200
    assert "fonds-dashboard" not in page.content.decode()


def test_cataloguer_sees_documents_and_no_jobs(cataloguer):
    page = cataloguer.get(INDEX).content.decode()

    assert "Waiting for review" in page
    assert "Jobs to look at" not in page


def test_cost_does_not_grow(archivist, django_assert_max_num_queries):
    archivist.get(INDEX)
    for number in range(12):
        document = a_published_document(str(number), body=f"text {number}")
        history.record([document.pk], act=history.EDITED)
        Document.objects.filter(pk=document.pk).update(publication_error="broken")
        review.send([a_document(f"draft{number}").pk])
        Accession.objects.create(state="failed")
        run(submitted())

    with django_assert_max_num_queries(14):  # 8 of them are the dashboard's
        archivist.get(INDEX)
