"""Differences read like sentences of an archivist, not like rows of a database."""

from __future__ import annotations

import copy

import pytest

from archive import history
from archive.models import Agent, Contribution, Document, Text
from tests.archive.history.builders import a_whole_document
from tests.builders import a_document, a_sender

pytestmark = pytest.mark.django_db


def contents(document: Document) -> dict:
    return history.snapshots([document.pk])[document.pk]


def told(before: dict, after: dict) -> dict[str, tuple[str, str]]:
    return {change.what: (change.before, change.after) for change in history.difference(before, after)}


def test_nothing_is_different_from_itself():
    document = a_whole_document()

    assert history.difference(contents(document), contents(document)) == []


def test_field_is_told_with_its_words_before_and_after():
    document = a_document(title="Telegram", rights="")
    before = contents(document)
    Document.objects.update(title="Cable", rights="Free", distribution_possibly_truncated=True, date_verbatim="Oct")

    assert told(before, contents(document)) == {
        "Title": ("Telegram", "Cable"),
        "Date as written": ("", "Oct"),
        "Rights": ("", "Free"),
        "Names may be missing at its end": ("", "yes"),
    }


def test_days_are_told_only_where_the_date_does_not_tell():
    document = a_document(date="1950-10-13", date_earliest="1950-10-13", date_latest="1950-10-13")
    before = contents(document)
    Document.objects.update(date="1950-10", date_earliest="1950-10-01", date_latest="1950-10-31")

    assert told(before, contents(document)) == {"Date": ("1950-10-13", "1950-10")}


def test_people_are_told_by_name():
    document = a_document()
    before = contents(document)
    a_sender(document)
    mao = Agent.objects.create(name="Mao Zedong")
    Contribution.objects.create(document=document, agent=mao, role="addressee", order=1, certain=False)

    assert told(before, contents(document)) == {
        "Contributions": ("", "Stalin · sender · as written: Filippov\nMao Zedong · addressee · certain: no")
    }
    assert "Filippov" in told(contents(document), before)["Contributions"][0]


def test_name_of_then_is_told_when_the_agent_is_gone():
    document = a_document()
    sender = a_sender(document)
    before = contents(document)
    sender.delete()
    Agent.objects.all().delete()

    assert told(before, contents(document))["Contributions"] == ("Stalin · sender · as written: Filippov", "")


def test_text_has_its_words_told_apart_from_what_it_is():
    document = a_document(body="One\ntwo")
    before = contents(document)
    Text.objects.update(body="One\n2", made_by="Ada")

    assert told(before, contents(document)) == {
        "Texts": ("transcript · language: en", "transcript · language: en · made by: Ada"),
        "Words of text 1 (transcript · language: en · made by: Ada)": ("One\ntwo", "One\n2"),
    }


def test_second_text_is_compared_with_itself_when_the_first_is_deleted():
    document = a_document(body="First")
    Text.objects.create(document=document, order=1, kind="translation", language="zh", body="Second")
    before = contents(document)
    Text.objects.filter(body="First").delete()

    words = {what: pair for what, pair in told(before, contents(document)).items() if what.startswith("Words")}

    assert words == {"Words of text 1 (transcript · language: en)": ("First", "")}


def test_contents_made_by_hand_are_compared_too():
    before = contents(a_document())
    after = copy.deepcopy(before)
    after["fields"]["rights_uri"] = "http://rightsstatements.org/vocab/CNE/1.0/"
    after["rows"]["collections"] = [{"collection": "korea"}]

    assert told(before, after) == {
        "Rights statement": ("", "http://rightsstatements.org/vocab/CNE/1.0/"),
        "Collections": ("", "korea"),
    }
