"""Checks: everything that is public is looked at, and what fails is told with its record."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from archive import groups
from archive.lod import tasks
from archive.lod.models import ShapeCheck
from archive.lod.shapes import checking
from archive.models import Representation
from tests.archive.admin.test_groups import member
from tests.archive.builders import stored
from tests.builders import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

URI = "https://archive.example.org/documents"
TYPED = "<{0}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{1}> .\n"
RECORD = ("https://www.ica.org/standards/RiC/ontology#Record", "http://purl.org/ontology/bibo/Document")


def a_record(identifier: str, *, title: str = "One", **more) -> Representation:
    """A document's data with what every record must have; without a title they have not their shape."""
    uri = f"{URI}/{identifier}"
    lines = [TYPED.format(uri, each) for each in RECORD]
    lines.append(f"<{uri}> <http://purl.org/dc/terms/type> <http://purl.org/dc/dcmitype/Text> .\n")
    lines.append(f'<{uri}> <http://purl.org/dc/terms/identifier> "{identifier}" .\n')
    if title:
        lines.append(f'<{uri}> <http://purl.org/dc/terms/title> "{title}" .\n')
    return stored(a_document(identifier), "ntriples", "".join(lines).encode(), **more)


@pytest.fixture
def records():
    a_record("good")
    a_record("bad", title="")
    a_record("gone", title="", withdrawn=True)


def test_check_tells_what_is_wrong_with_which_record(records, monkeypatch):
    monkeypatch.setattr(checking, "BATCH", 1)
    check = checking.begin()

    checking.run(check.pk)

    check.refresh_from_db()
    assert (check.state, check.done, check.total, check.failing) == ("done", 2, 2, 1)
    (failure,) = check.failures.all()
    assert (failure.identifier, failure.node) == ("bad", f"{URI}/bad")
    assert failure.path == "http://purl.org/dc/terms/title"
    assert "A document has one title." in failure.message


def test_worker_goes_on_where_another_ended(records, monkeypatch):
    monkeypatch.setattr(checking, "BATCH", 1)
    check = checking.begin()
    first = Representation.objects.order_by("pk")[0].pk
    ShapeCheck.objects.update(state="running", done=1, last=first, lease_expires_at=timezone.now())

    tasks.go_on()

    check.refresh_from_db()
    assert (check.state, check.done) == ("done", 2)


def test_one_worker_is_at_a_check(records):
    check = checking.begin()
    ShapeCheck.objects.update(lease_expires_at=timezone.now() + timedelta(minutes=1))

    checking.run(check.pk)

    check.refresh_from_db()
    assert check.done == 0


def test_second_check_waits_for_the_first():
    checking.begin()

    with pytest.raises(checking.OneIsRunning):
        checking.begin()


def test_command_lists_what_fails_and_says_so_by_its_exit(records):
    out = StringIO()

    with pytest.raises(CommandError, match="2 things are looked at, 1 have not their shape"):
        call_command("shapes", stdout=out)

    assert out.getvalue().startswith(f"bad  {URI}/bad  http://purl.org/dc/terms/title  ")


@pytest.mark.parametrize("group", ["", groups.CATALOGUER, groups.EDITOR, groups.ADMINISTRATOR])
def test_checks_are_seen_and_begun_by_who_may(group, records, django_capture_on_commit_callbacks):
    client, check = member(group), checking.begin()
    checking.run(check.pk)
    begin = reverse("admin:archive_lod_shapecheck_begin")

    page = client.get(reverse("admin:archive_lod_shapecheck_change", args=[check.pk]))
    listed = client.get(reverse("admin:archive_lod_shapecheck_changelist"))
    begun = client.post(begin).status_code

    assert {page.status_code, listed.status_code} == {200 if group else 403}
    if group:
        bad = Representation.objects.get(identifier="bad").document_id
        assert reverse("admin:archive_document_change", args=[bad]) in page.content.decode()
    may = group in (groups.EDITOR, groups.ADMINISTRATOR)
    assert (begin in listed.content.decode()) == may
    assert begun == (302 if may else 403)
    assert ShapeCheck.objects.count() == (2 if may else 1)
    assert client.get(begin).status_code == (405 if may else 403)
