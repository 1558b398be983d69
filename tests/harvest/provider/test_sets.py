"""ListSets, sets without deleted records, and stored queries as harvesters see them."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest

from archive import publication
from archive.finding import note
from archive.models import ArchivalReference, Collection, Representation, StoredQuery
from archive.units import unit_at
from harvest.provider import tokens_of_sets
from tests.harvest.builders import NOON, document, record, render, withdraw

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)
HEADERS = "verb=ListIdentifiers&metadataPrefix=oai_dc"


@pytest.fixture
def small(settings):
    """Pages of two."""
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 2}


def in_sets(number: int) -> list[str]:
    """So many sets, with a record in each; the last one's has been withdrawn."""
    slugs = [f"c{n}" for n in range(number)]
    made = [record(slug, collections=[Collection.objects.create(slug=slug, title=slug)]) for slug in slugs]
    withdraw(made[-1], at=LATER)
    return [f"collection:{slug}" for slug in slugs]


@pytest.mark.parametrize(("number", "pages"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_long_list_of_sets_comes_in_pages_to_its_end(ask, small, number, pages):
    held, got, tokens = in_sets(number), [], []
    query = "verb=ListSets"
    while query:
        answer = ask(query)
        got += answer.texts("//oai:setSpec")
        tokens.append(answer.token)
        query = f"verb=ListSets&{answer.next}" if answer.next else ""

    assert got == held
    assert len(tokens) == pages
    if pages > 1:
        assert {token.get("completeListSize") for token in tokens} == {str(number)}
        assert [token.get("cursor") for token in tokens] == [str(n) for n in range(0, number, 2)]
        assert tokens[-1].text is None


@pytest.mark.parametrize("token", ["x", "", "%00", quote("é"), "eyJhIjoxfQ:1abc:defg"])
def test_bad_token_of_a_list_of_sets_is_said_to_be_one(ask, token):
    in_sets(2)

    assert "badResumptionToken" in ask(f"verb=ListSets&resumptionToken={token}").errors


def test_token_of_another_list_is_none_of_sets_and_the_other_way_round(ask, small):
    in_sets(5)
    of_records, of_sets = ask(HEADERS).next, ask("verb=ListSets").next

    assert ask(f"verb=ListSets&{of_records}").errors == ["badResumptionToken"]
    assert ask(f"verb=ListIdentifiers&{of_sets}").errors == ["badResumptionToken"]


def test_old_token_of_a_list_of_sets_says_so(ask, small, settings, monkeypatch):
    in_sets(5)
    old = ask("verb=ListSets").next
    monkeypatch.setattr(tokens_of_sets, "lifetime", lambda: timedelta(seconds=-1))

    assert ask(f"verb=ListSets&{old}").errors == ["badResumptionToken"]


def test_unit_is_a_set_with_its_title_and_description(ask):
    made = document("110692")
    unit = unit_at({"repository": "APRF", "fond": "45", "opis": "1"})
    unit.title, unit.description = "Papers\x01 of Stalin", "Letters\x02 & <telegrams>"
    unit.save()
    ArchivalReference.objects.create(document=made, unit=unit, verbatim="APRF, F. 45")
    render(made)

    answer = ask("verb=ListSets")

    assert dict(zip(answer.texts("//oai:setSpec"), answer.texts("//oai:setName"), strict=True)) == {
        "fond:45": "fond 45",
        "fond:45:opis:1": "fond 45, opis 1: Papers of Stalin",
        "repository:APRF": "APRF",
    }
    assert answer.texts("//oai:setDescription/oai_dc:dc/dc:description") == ["Letters & <telegrams>"]
    assert ask(f"{HEADERS}&set=fond:45").identifiers == ["110692"]


def test_set_of_a_collection_that_was_deleted_keeps_its_name_for_harvesters(ask):
    made = record("110692", collections=[korea := Collection.objects.create(slug="korea", title="Korea")])
    made.collections.clear()
    render(made, at=LATER)
    korea.delete()

    assert ask("verb=ListSets").texts("//oai:setName") == ["collection:korea"]
    assert ask(f"{HEADERS}&set=collection:korea").deleted == ["110692"]


def test_set_without_deleted_records_has_none(ask, settings):
    settings.FONDS = {**settings.FONDS, "OAI_SETS_WITHOUT_DELETED": ("live", "collection:korea")}
    korea = Collection.objects.create(slug="korea", title="Korea")
    left = record("left", collections=[korea])
    record("held", collections=[korea])
    withdraw(record("gone", collections=[korea]), at=LATER)
    left.collections.clear()
    render(left, at=LATER)

    assert ask(HEADERS).deleted == ["gone"]
    assert sorted(ask(f"{HEADERS}&set=live").identifiers) == ["held", "left"]
    assert ask(f"{HEADERS}&set=collection:korea").identifiers == ["held"]
    assert "Everything, without deleted records" in ask("verb=ListSets").texts("//oai:setName")


def published(*identifiers: str, **fields: object) -> list[int]:
    """Published documents as they are after a minute of rest, with their words noted."""
    made = [document(each, **fields).pk for each in identifiers]
    note(made)
    publication.refresh(made)
    return made


def changed() -> list[str]:
    """Which documents following the queries restamps."""
    before = dict(Representation.objects.filter(format="oai_dc").values_list("identifier", "changed_at"))
    Representation.objects.update(changed_at=NOON)
    publication.refresh(publication.follow_queries())
    moved = Representation.objects.filter(format="oai_dc").exclude(changed_at=NOON)
    assert before
    return sorted(moved.values_list("identifier", flat=True))


def test_changed_query_restamps_those_that_moved_and_no_others(ask):
    published("russian", original_language="ru")
    published("chinese", original_language="zh")
    query = StoredQuery.objects.create(slug="asked", title="Asked", original_language="ru")

    assert changed() == ["russian"]
    assert changed() == []

    StoredQuery.objects.update(original_language="zh")
    publication.follow_anew(query)

    assert changed() == ["chinese", "russian"]
    assert ask(f"{HEADERS}&set=query:asked").deleted == ["russian"]
    assert ask("verb=ListSets").texts("//oai:setName") == ["Asked"]


def test_query_whose_documents_have_all_moved_is_not_followed_for_ever(django_assert_max_num_queries):
    published("russian", original_language="ru")
    query = StoredQuery.objects.create(slug="asked", title="Asked", original_language="ru")
    StoredQuery.objects.update(modified_at=LATER)
    changed()
    changed()
    query.refresh_from_db()

    assert query.followed_at is not None
    with django_assert_max_num_queries(1):
        assert publication.follow_queries() == []


def test_answers_that_time_moves_are_swept_and_a_few_at_once(ask, monkeypatch):
    from django.utils import timezone

    monkeypatch.setattr("archive.publication.following.AT_ONCE", 2)
    StoredQuery.objects.create(slug="new", title="New", published_within=30)
    published("a", "b", "c", published_at=timezone.now())
    assert len(ask(f"{HEADERS}&set=query:new").identifiers) == 3

    from archive.models import Document

    Document.objects.update(published_at=NOON)

    assert [len(changed()), len(changed()), len(changed())] == [2, 1, 0]
    assert ask(f"{HEADERS}&set=query:new").deleted == ["a", "b", "c"]


def test_query_within_another_follows_when_that_one_changes(ask):
    published("russian", original_language="ru", title="Letter")
    outer = StoredQuery.objects.create(slug="outer", title="Outer", original_language="zh")
    StoredQuery.objects.create(slug="inner", title="Inner", words="letter", within=outer)
    assert changed() == []

    StoredQuery.objects.filter(pk=outer.pk).update(original_language="ru")
    publication.follow_anew(outer)

    assert changed() == ["russian"]
    assert ask(f"{HEADERS}&set=query:outer:inner").identifiers == ["russian"]


def test_title_of_a_query_without_public_answers_is_not_told(ask):
    StoredQuery.objects.create(slug="secret", title="Secret", words="secret")
    render(document("1"))
    note([document("draft", title="Secret", state="draft").pk])

    assert ask("verb=ListSets").errors == ["noSetHierarchy"]
    assert ask(f"{HEADERS}&set=query:secret").errors == ["noSetHierarchy"]
