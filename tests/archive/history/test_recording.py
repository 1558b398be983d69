"""Revisions are written where something changed, and hold all of a document."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from archive import history, publication
from archive.history.contents import NOT_CONTENT, PARTS, REFERRED, columns
from archive.models import Document, Revision
from tests.archive.history.builders import a_whole_document
from tests.builders import a_document, a_published_document

pytestmark = pytest.mark.django_db


def test_revision_is_written_only_where_something_changed():
    first, second = a_document("1"), a_document("2")
    ada = User.objects.create_user("ada")
    history.record([first.pk, second.pk], act="created")
    Document.objects.filter(pk=first.pk).update(title="Better")

    written = history.record([first.pk, second.pk], act="bulk edit", by=ada, note="titles")

    assert list(written) == [first.pk]
    revision = Revision.objects.get(document=first, number=2)
    assert (revision.act, revision.note, revision.by) == ("bulk edit", "titles", ada)
    assert revision.contents["fields"]["title"] == "Better"
    assert second.revisions.count() == 1


def test_keeping_writes_the_state_before_the_first_change_and_what_others_ways_changed():
    document = a_document(title="First")
    history.keep([document.pk])
    history.keep([document.pk])
    Document.objects.update(title="By SQL")
    history.keep([document.pk])

    kept = document.revisions.order_by("number")
    assert [(each.number, each.act, each.contents["fields"]["title"]) for each in kept] == [
        (1, "found", "First"),
        (2, "found", "By SQL"),
    ]


def test_text_made_from_one_of_another_document_says_nothing_of_where_that_stands():
    document, other = a_document("1"), a_document("2")
    original = other.texts.create(body="Original", order=1)
    document.texts.create(body="Translation", order=1, derived_from=original)

    contents = history.snapshots([document.pk])[document.pk]

    assert [each for each in contents["rows"]["texts"] if "derived_from" in each] == []


def test_queries_do_not_depend_on_the_number_of_documents():
    one = [a_whole_document("1").pk]
    many = [a_whole_document(f"many-{n}").pk for n in range(12)]

    with transaction.atomic(), CaptureQueriesContext(connection) as few:
        history.record(one, act="created")
    with transaction.atomic(), CaptureQueriesContext(connection) as more:
        history.record(many, act="created")

    assert len(few) == len(more) == 17


def test_snapshot_stays_the_same_in_json_and_names_nothing_by_primary_key():
    document = a_whole_document()

    contents = history.snapshots([document.pk])[document.pk]

    assert json.loads(json.dumps(contents)) == contents
    stalin = document.contributions.first().agent
    assert contents["rows"]["contributions"][0]["agent"] == stalin.identifier
    assert contents["names"]["agent"][stalin.identifier] == "Stalin"
    assert contents["rows"]["collections"] == [{"collection": "korea"}]
    assert contents["rows"]["texts"][2]["derived_from"] == 1
    assert contents["rows"]["relations"][0]["target"] == "110692-answered"


def test_everything_that_describes_a_document_is_in_the_snapshot():
    document = a_whole_document()

    contents = history.snapshots([document.pk])[document.pk]

    described = {field.name for field in Document._meta.concrete_fields} - NOT_CONTENT
    assert set(contents["fields"]) == described
    for relation, model in PARTS.items():
        filled = {name for row in contents["rows"][relation] for name in row}
        assert filled >= {column.name for column in columns(model)} - {"certain"}, relation


def test_every_part_of_a_document_is_in_the_snapshot_or_left_out_on_purpose():
    left_out = {"pages", "representations", "state_changes", "revisions", "accession_items", "inverse_relations"}
    left_out |= {"readiness", "proofs", "finding"}  # follow from the rest
    left_out |= {"job_items"}  # tell what was done, not what the document says
    left_out |= {"replaced_scans"}  # what pages were before an accession, and pages are left out
    related = {
        each.get_accessor_name()
        for each in Document._meta.related_objects
        if each.related_model._meta.app_label == "archive"
    }

    assert related - left_out - {"Document_collections+"} == set(PARTS) - {"collections"}


def test_what_parts_refer_to_can_be_found_again():
    for model in PARTS.values():
        for column in columns(model):
            assert column.target is None or column.within or column.target in REFERRED, column


def test_publishing_is_no_revision():
    document = a_document()
    history.keep([document.pk])
    published = a_published_document("2")
    history.keep([published.pk])

    publication.withdraw([published.pk], reason="Rights")

    assert history.record([published.pk], act="edited") == {}


@pytest.mark.skipif(
    not connection.features.has_select_for_update, reason="SQLite has one writer at a time, so there is no race to lose"
)
@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_numbers_of_their_own():
    document = a_document()

    def change(name: str) -> None:
        try:
            for step in range(3):
                with transaction.atomic():
                    Document.objects.filter(pk=document.pk).update(title=f"{name} {step}")
                    history.record([document.pk], act="edited", note=name)
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        list(pool.map(change, ["ada", "bob"]))

    assert [each.number for each in document.revisions.order_by("number")] == [1, 2, 3, 4, 5, 6]
