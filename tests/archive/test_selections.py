"""Rows are written for each row of a query, in one statement."""

from __future__ import annotations

import pytest
from django.utils import timezone

from archive import jobs
from archive.jobs.operations.publish import Publish
from archive.models import Document, JobItem, StateChange
from archive.selections import insert_each
from tests.builders import a_collection, a_document

pytestmark = pytest.mark.django_db


def test_rows_take_what_was_selected_what_is_the_same_and_defaults(admin_user):
    now = timezone.now()
    for identifier in ("1", "2"):
        a_document(identifier)
    selected = Document.objects.order_by("-pk").values_list("pk", "state")

    count = insert_each(StateChange, selected, "document_id", "before", after="published", by_id=admin_user.pk, at=now)

    rows = StateChange.objects.order_by("pk").values_list("document__identifier", "before", "after", "reason", "at")
    assert count == 2
    assert list(rows) == [("2", "draft", "published", "", now), ("1", "draft", "published", "", now)]


def test_selection_of_nothing_writes_nothing():
    assert insert_each(StateChange, Document.objects.none().values_list("pk", "state"), "document_id", "before") == 0


def test_job_is_written_in_as_many_statements_for_many_as_for_few(django_assert_num_queries):
    for number in range(30):
        a_document(str(number))

    with django_assert_num_queries(5):  # two of them begin and end the transaction
        job = jobs.submit(Publish(), Document.objects.all())

    assert (job.total, JobItem.objects.filter(state="queued", attempts=0).count()) == (30, 30)


def test_document_that_a_filter_finds_twice_is_one_item():
    document = a_document()
    document.collections.add(a_collection("a"), a_collection("b"))

    job = jobs.submit(Publish(), Document.objects.filter(collections__slug__in="ab"))

    assert list(job.items.values_list("document", "identifier")) == [(document.pk, document.identifier)]
