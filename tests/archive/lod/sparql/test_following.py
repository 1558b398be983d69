"""The store follows what is public: everything of it, nothing else, and at once."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from archive import publication
from archive.lod.sparql import copies, writing
from archive.models import Agent, Contribution, Representation
from tests.archive.lod.sparql.asking import get, rows
from tests.builders import a_document, a_published_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def titles() -> set[str]:
    found = rows("SELECT ?title WHERE { ?record a rico:Record ; dcterms:title ?title }")
    return {row["title"] for row in found}


def test_store_holds_what_is_public_and_nothing_else(root):
    a_published_document("one", title="One")
    a_document("two", title="Two")
    writing.follow()

    assert titles() == {"One"}


def test_change_withdrawal_and_return_are_followed(root):
    one, _ = a_published_document("one", title="One"), a_published_document("two", title="Two")
    writing.follow()

    publication.withdraw([one.pk])
    assert writing.follow() == 1
    assert titles() == {"Two"}

    one.title = "One again"
    one.save()
    publication.publish([one.pk])
    writing.follow()
    assert titles() == {"One again", "Two"}


def test_what_several_documents_say_is_found_once_and_stays_while_one_says_it(root):
    sender = Agent.objects.create(name="Roshchin")
    documents = [a_document(name) for name in ("one", "two", "three")]
    for document in documents:
        Contribution.objects.create(document=document, agent=sender, role="sender")
    assert not publication.publish([each.pk for each in documents]).failed
    writing.follow()
    found = "SELECT (COUNT(?name) AS ?names) WHERE { ?agent foaf:name ?name FILTER(STR(?name) = 'Roshchin') }"
    assert rows(found) == [{"names": "1"}]

    publication.withdraw([documents[0].pk])
    writing.follow()
    assert rows(found) == [{"names": "1"}]

    publication.withdraw([each.pk for each in documents[1:]])
    writing.follow()
    assert rows(found) == [{"names": "0"}]


def test_store_of_many_files_is_read_whole(root):
    for number in range(6):
        a_published_document(f"d{number}")
        writing.follow()
    assert len(list((root / copies.state(root).copy).glob("*.sst"))) > 32

    assert len(rows("SELECT ?g WHERE { GRAPH ?g { ?s a rico:Record } }")) == 6
    assert len(rows("SELECT ?s WHERE { ?s a rico:Record }")) == 6


def test_store_of_an_older_layout_is_written_anew(root):
    a_published_document("one", title="One")
    writing.follow()
    kept = copies.state(root)
    old = kept.written.replace("written-merged-", "written-")
    (root / kept.written).rename(root / old)
    copies.keep(root, replace(kept, written=old))
    assert get("ASK { ?s ?p ?o }").status_code == 503

    writing.follow()

    assert copies.state(root).written.startswith("written-merged-")
    assert titles() == {"One"}


def test_withdrawal_is_hinted_at_as_soon_as_it_is_committed(root, django_capture_on_commit_callbacks):
    one = a_published_document("one", title="One")
    writing.follow()

    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw([one.pk])

    assert titles() == set()


def test_following_when_nothing_has_changed_makes_no_copy(root):
    a_published_document("one")
    writing.follow()
    before = copies.current()

    assert writing.follow() == 0
    assert copies.current() == before


def test_what_a_killed_writer_did_not_tell_is_told_the_next_time(root, monkeypatch):
    one = a_published_document("one", title="One")
    writing.follow()
    publication.withdraw([one.pk])
    with monkeypatch.context() as patch:
        patch.setattr(writing, "keep", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            writing.follow()
    assert titles() == {"One"}

    writing.follow()

    assert titles() == set()


def test_writer_that_was_killed_within_a_graph_takes_the_rest_of_it_away(root, monkeypatch):
    one = a_published_document("one", title="One")
    writing.follow()
    publication.withdraw([one.pk])
    answers = iter([False, False, False])
    with monkeypatch.context() as patch:
        patch.setattr(writing, "_said", lambda *_, **__: next(answers))
        with pytest.raises(StopIteration):
            writing.follow()

    writing.follow()

    assert rows("SELECT ?s ?p ?o WHERE { ?s ?p ?o }") == []


def test_rebuilt_store_has_what_was_lost_from_the_old_one(root):
    a_published_document("one", title="One")
    writing.follow()
    state = copies.state(root)
    Representation.objects.update(changed_at=state.until)  # nothing new for those who follow
    (root / state.written / "CURRENT").unlink()

    assert writing.rebuild() == 1
    assert titles() == {"One"}
    assert copies.state(root).written != state.written


def test_withdrawal_during_a_rebuild_is_not_undone_by_it(root, monkeypatch):
    one = a_published_document("one", title="One")
    writing.follow()
    fill = writing._fill

    def fill_and_withdraw(store):
        count = fill(store)
        publication.withdraw([one.pk])
        writing.follow()
        assert titles() == set()
        return count

    monkeypatch.setattr(writing, "_fill", fill_and_withdraw)
    writing.rebuild()

    assert titles() == set()


def test_store_of_another_address_is_written_anew(root, fonds):
    a_published_document("one", title="One")
    writing.follow()
    before = copies.state(root).written

    fonds(PUBLIC_BASE_URL="https://elsewhere.example.org")
    writing.follow()

    assert copies.state(root).written != before


def test_copies_that_nobody_asks_any_more_are_deleted(root, fonds, monkeypatch):
    documents = [a_published_document(f"d{number}") for number in range(3)]
    for document in documents:
        publication.withdraw([document.pk])
        writing.follow()
    later = time.time() + 3600
    monkeypatch.setattr(writing.time, "time", lambda: later)
    writing.follow()

    assert [each.name for each in root.glob("copy-*")] == [copies.state(root).copy]
    assert [each.name for each in root.glob("written-*")] == [copies.state(root).written]
