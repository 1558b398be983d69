"""One document that is not as it should be never stops the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError

from archive import publication
from archive.description import describe
from archive.models import Document, DocumentRelation, Page, Representation
from archive.search import upkeep
from archive.search.models import Change
from archive.signals import documents_changed
from tests.archive.search.builders import index_everything
from tests.builders import a_collection, a_document, a_published_document

pytestmark = pytest.mark.django_db

GOOD = {"term": "subject", "value": "Korea"}

#: What JSON from elsewhere may hold in the place of statements.
MALFORMED = [
    [{"value": "Korea"}], [{"term": "subject"}], [{}], [None], ["subject"], [1], [[]], {}, "subject", 1, True,
    [{"term": "subject", "value": None}], [{"term": 1, "value": "Korea"}], [{"term": "subject", "value": ["Korea"]}],
    [{"term": "subject", "value": "Korea", "colour": "red"}],
]  # fmt: skip


@pytest.mark.parametrize("statements", MALFORMED, ids=str)
def test_malformed_statements_are_refused_where_they_are_checked_and_passed_over_where_not(client, statements):
    document, other = a_document("1", statements=statements), a_document("2", statements=[GOOD])

    with pytest.raises(ValidationError, match="statements"):
        document.full_clean()
    assert publication.publish([document.pk, other.pk]).failed == {}
    assert [len(each.statements) for each in describe([document.pk, other.pk])] == [0, 1]
    assert client.get("/documents/1").status_code == 200


def test_good_statements_beside_malformed_ones_are_said():
    document = a_document(
        statements=[{"term": "subject"}, GOOD, None, {"term": "relation", "uri": "http://x.example/"}]
    )

    [description] = describe([document.pk])

    assert [(each.term, each.value or each.uri) for each in description.statements] == [
        ("subject", "Korea"),
        ("relation", "http://x.example/"),
    ]


@pytest.mark.parametrize("lines", [None, {}, [None], [{}], [{"text": "x"}], [{"text": "x", "box": [1]}], [{"box": 4}]])
def test_line_without_words_or_a_place_is_passed_over(client, lines):
    document = a_published_document()
    Page.objects.update(lines=lines if lines is not None else [])

    assert publication.refresh([document.pk]).failed == {}
    assert client.get("/iiif/110692/manifest").status_code == 200


def broken(monkeypatch, module, name, *, for_document: Document) -> None:
    """Let a function fail whenever this document is among those it is given."""
    works = getattr(module, name)

    def fails(given, *args, **kwargs):
        given = list(given)
        if any(getattr(each, "pk", each) == for_document.pk for each in given):
            raise RuntimeError("no good")
        return works(given, *args, **kwargs)

    monkeypatch.setattr(module, name, fails)


@pytest.mark.parametrize(
    ("room", "step"),
    [(publication.showing, "describe"), (publication.pages, "outdated"), (publication.showing, "compare")],
)
def test_fault_of_one_document_is_told_and_the_others_are_published(monkeypatch, room, step):
    bad, good = a_document("bad"), a_document("good")
    broken(monkeypatch, room, step, for_document=bad)

    outcome = publication.publish([bad.pk, good.pk])

    bad.refresh_from_db()
    assert list(outcome.failed) == [bad.pk]
    assert outcome.documents == [good.pk]
    assert "no good" in bad.publication_error
    assert list(Document.objects.public()) == [good]
    assert set(Representation.objects.values_list("identifier", flat=True)) == {"good"}


def test_who_listens_and_fails_over_one_document_does_not_hold_up_the_others():
    bad, good = a_document("bad"), a_document("good")

    def listener(sender, document_ids, **kwargs):
        if bad.pk in document_ids:
            raise RuntimeError("not heard")

    documents_changed.connect(listener)
    try:
        assert list(publication.publish([bad.pk, good.pk]).failed) == [bad.pk]
    finally:
        documents_changed.disconnect(listener)

    assert list(Document.objects.public()) == [good]


def test_database_that_is_away_is_no_fault_of_a_document(monkeypatch):
    document = a_document()

    def away(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(publication.showing, "write", away)
    with pytest.raises(OperationalError):
        publication.publish([document.pk])
    document.refresh_from_db()
    assert document.publication_error == ""


def test_document_in_a_set_with_too_long_a_name_does_not_hold_up_the_others():
    deep = None
    for letter in "abcd":
        deep = a_collection(letter * 100, parent=deep)
    bad, good = a_document("bad"), a_document("good")
    bad.collections.add(deep)

    outcome = publication.publish([bad.pk, good.pk])

    assert good.pk in outcome.documents


def test_document_that_cannot_be_indexed_does_not_hold_up_the_others(monkeypatch, client):
    index_everything()
    bad, _ = a_published_document("bad"), a_published_document("good")
    broken(monkeypatch, upkeep, "entries", for_document=bad)

    upkeep.catch_up()

    assert set(Change.objects.values_list("document_id", flat=True)) == {bad.pk}
    assert b"/documents/good" in client.get("/documents/?q=Telegram").content


def test_failed_refresh_is_not_tried_again_before_the_next_change(monkeypatch):
    document = a_published_document()
    document.save()
    broken(monkeypatch, publication.showing, "describe", for_document=document)

    publication.refresh(publication.stale(grace=timedelta(0)))
    assert publication.stale(grace=timedelta(0)) == []

    document.save()
    assert publication.stale(grace=timedelta(0)) == [document.pk]


def test_lost_hint_at_a_document_without_pages_is_found():
    document = a_published_document(body="For private use, and in no font: \U000f0000")
    document.refresh_from_db()
    assert "font" in document.publication_error

    document.save()

    assert publication.stale(grace=timedelta(0)) == [document.pk]


def test_progress_is_told_after_each_document_that_took_time():
    told = []

    publication.publish([a_document("1").pk, a_document("2").pk], on_progress=lambda: told.append(1))

    assert len(told) == 3


# --- what other documents say ---


def said() -> bytes:
    return b"".join(bytes(each.content) for each in Representation.objects.filter(identifier="reply"))


@pytest.fixture
def reply() -> Document:
    """A document that names another, neither of them published yet."""
    document, target = a_document("reply"), a_document("target", title="The first telegram")
    DocumentRelation.objects.create(document=document, target=target, kind="reply to")
    return document


def test_document_names_another_only_while_that_one_is_public(reply):
    target = reply.relations.get().target

    publication.publish([reply.pk])
    assert b"The first telegram" not in said()
    publication.publish([target.pk])
    assert b"The first telegram" in said()
    publication.refresh(publication.withdraw([target.pk]).beside)
    assert b"The first telegram" not in said()


def test_documents_published_together_name_each_other(reply):
    publication.publish([reply.pk, reply.relations.get().target.pk])

    assert b"The first telegram" in said()


def test_embargo_takes_the_title_from_others_too(reply):
    target = reply.relations.get().target
    publication.publish([reply.pk, target.pk])
    Document.objects.filter(pk=target.pk).update(embargo_until="2999-01-01")

    publication.refresh([target.pk])

    assert b"The first telegram" not in said()
