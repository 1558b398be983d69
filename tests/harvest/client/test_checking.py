"""Checking: what a repository says of itself, and whether a source can be harvested as it is set."""

from __future__ import annotations

import pytest

from harvest import client, tasks
from harvest.models import HarvestSource
from tests.harvest.client.builders import a_source
from tests.harvest.client.repository import a_record

pytestmark = pytest.mark.django_db


def checked(source: HarvestSource) -> HarvestSource:
    client.check(source.pk)
    source.refresh_from_db()
    return source


def test_repository_tells_its_name_formats_and_sets(repository):
    repository.sets = ("letters", "maps")

    source = checked(a_source(repository, check_state="waiting", told={}))

    assert source.check_state == "answers"
    assert source.told["identity"]["repositoryName"] == "Archive of an invented province"
    assert [(each["prefix"], each["read"]) for each in source.told["formats"]] == [("oai_dc", "yes"), ("marc21", "")]
    assert [each["spec"] for each in source.told["sets"]] == ["letters", "maps"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"metadata_prefix": "mods"}, "does not offer mods. It offers oai_dc, marc21"),
        ({"metadata_prefix": "marc21"}, "marc21 is not read here"),
        ({"set_spec": "letters"}, "has no set letters"),
        ({"base_url": "http://10.0.0.1/oai"}, "port 80"),
    ],
)
def test_source_that_cannot_be_harvested_says_why(repository, fields, words):
    source = checked(a_source(repository, **fields))

    assert source.check_state == "failed"
    assert words in source.check_message


def test_granularity_that_does_not_exist_is_told(repository):
    repository.granularity = "hours"

    assert "names the granularity 'hours'" in checked(a_source(repository)).check_message


def test_answer_to_an_older_question_is_not_written(repository, monkeypatch):
    source = a_source(repository, check_state="waiting")

    def asked_meanwhile(conversation):
        HarvestSource.objects.update(checks=5)
        raise client.checking.HarvestFailed("late")

    monkeypatch.setattr(client.checking, "_told", asked_meanwhile)

    assert checked(source).check_state == "waiting"


def test_repository_that_is_slow_to_answer_is_not_asked_twice(repository, monkeypatch):
    source, found = a_source(repository, check_state="waiting"), []

    def swept_meanwhile(conversation):
        found.append(client.unchecked())
        client.check(source.pk)
        raise client.checking.HarvestFailed("slow")

    monkeypatch.setattr(client.checking, "_told", swept_meanwhile)
    checked(source)

    assert found == [[]]


def test_sweeper_checks_begins_and_goes_on(repository, django_capture_on_commit_callbacks):
    repository.pages = [[a_record("1")]]
    source = a_source(repository, check_state="waiting", schedule="daily")

    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.sweep()

    source.refresh_from_db()
    assert source.check_state == "answers"
    assert source.runs.get().state == "done"
