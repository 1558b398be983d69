"""``manage.py accession --undo`` and ``--replaces`` on the command line."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.models import Document
from tests.archive.accession.test_undoing import bring_in
from tests.sources import FILIPPOV, ROSHCHIN, source

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("accession", *arguments, "--patience", "0", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_undo_tells_what_became_of_each_document():
    taken_in = bring_in(source(FILIPPOV))

    told = said("--undo", str(taken_in.pk))

    assert "110692  deleted  It came in with the accession, and was never public." in told
    assert "× agent" in told
    assert not Document.objects.exists()


def test_dry_run_of_undo_tells_the_same_and_does_nothing():
    taken_in = bring_in(source(FILIPPOV))

    (line,) = said("--undo", str(taken_in.pk), "--dry-run", "--json").splitlines()

    assert (json.loads(line)["identifier"], json.loads(line)["outcome"]) == ("110692", "deleted")
    assert Document.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [(("--undo", "99"), "no accession 99"), (("x", "--undo", "99"), "no files"), (("x", "--replaces", "9"), "no file")],
)
def test_what_cannot_be_done_is_said(arguments, reason):
    with pytest.raises(CommandError, match=reason):
        said(*arguments)


def test_undoing_twice_is_refused():
    taken_in = bring_in(source(FILIPPOV))
    said("--undo", str(taken_in.pk))

    with pytest.raises(CommandError, match="no document that is not undone already"):
        said("--undo", str(taken_in.pk))


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_what_a_replaced_accession_had_is_told_by_identity_and_title(tmp_path, dry):
    first = bring_in(source(FILIPPOV), source(ROSHCHIN))
    (tmp_path / FILIPPOV.name).write_bytes(FILIPPOV.read_bytes())
    gone = Document.objects.exclude(identifier="110692").get()

    told = said(str(tmp_path), "--replaces", str(first.pk), "--json", *dry)

    last = json.loads(told.splitlines()[-1])
    assert (last["outcome"], last["identity"], last["title"]) == ("vanished", gone.identity, gone.title)
    assert Document.objects.count() == 2
