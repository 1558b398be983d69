"""Sets: their names, and which documents are in them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.description import describe
from archive.models import ArchivalReference, Collection, Concept, ConceptScheme, Document, StoredQuery
from archive.sets import spec_of, titles
from archive.sets.specs import code_of, joined, lineage, part
from archive.units import unit_at

PARENTS = {1: None, 2: 1, 3: 2, 4: None}
SLUGS = {1: "korea", 2: "armistice", 3: "1951", 4: "china"}
LONG_AGO = "2020-01-01T00:00Z"
#: setSpecType of OAI-PMH.xsd.
PATTERN = re.compile(r"([A-Za-z0-9\-_\.!~\*'\(\)])+(:[A-Za-z0-9\-_\.!~\*'\(\)]+)*", re.ASCII)


def kept(identifier: str, *, collections=(), **codes: str) -> Document:
    """A document that is kept at a place of the archival tree."""
    made = Document.objects.create(identifier=identifier, title="Telegram", state="published", published_at=LONG_AGO)
    made.collections.set(collections)
    if codes:
        ArchivalReference.objects.create(document=made, verbatim=str(codes), unit=unit_at(codes))
    return made


def sets_of(*documents: Document) -> list[tuple[str, ...]]:
    return [description.sets for description in describe([each.pk for each in documents])]


def test_spec_of_a_collection_names_those_above_it():
    assert spec_of(3, PARENTS, SLUGS) == "collection:korea:armistice:1951"


def test_loop_in_the_tree_does_not_hang():
    assert spec_of(1, {1: 2, 2: 1}, SLUGS) == "collection:armistice:korea"


@given(st.lists(st.text(min_size=1), min_size=1, max_size=12))
def test_spec_is_valid_and_short_enough_whatever_the_codes(codes):
    for spec in lineage(["collection", *map(part, codes)]):
        assert PATTERN.fullmatch(spec)
        assert len(spec) <= 300


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_codes_never_come_to_one_name(one, other):
    assert (part(one) == part(other)) == (one == other)
    assert code_of(part(one)) in (one, None)


@pytest.mark.parametrize(
    ("code", "name"),
    [("059a", "059a"), ("Ф-45", "~424~-45"), ("1/2", "1~2f~2"), ("~", "~7e~"), ("a b", "a~20~b"), ("a:b", "a~3a~b")],
)
def test_code_is_recognised_in_its_name(code, name):
    assert part(code) == name


def test_spec_too_long_hangs_below_the_last_set_that_is_not():
    spec = joined(["collection", *["x" * 100] * 4])

    assert spec.startswith(f"collection:{'x' * 100}:{'x' * 100}:~h")


@pytest.mark.django_db
def test_document_is_in_every_set_above_its_own_once():
    korea = Collection.objects.create(slug="korea", title="Korea")
    armistice = Collection.objects.create(slug="armistice", title="Armistice", parent=korea)

    assert sets_of(kept("1", collections=[armistice, korea])) == [("collection:korea", "collection:korea:armistice")]


@pytest.mark.django_db
def test_document_is_in_the_sets_of_its_archival_units():
    made = kept("1", repository="APRF", fond="45", opis="1", delo="334")

    assert sets_of(made) == [("fond:45", "fond:45:opis:1", "repository:APRF")]


@pytest.mark.django_db
def test_second_archive_with_the_same_fond_says_which_archive_it_is():
    first = kept("1", repository="APRF", fond="45", opis="1")
    second = kept("2", repository="РГАСПИ", fond="45", opis="1")
    archive = part("РГАСПИ")

    before = sets_of(first)

    assert sets_of(first, second) == [
        *before,
        (f"repository:{archive}", f"repository:{archive}:fond:45", f"repository:{archive}:fond:45:opis:1"),
    ]
    assert titles(sets_of(second)[0])[f"repository:{archive}:fond:45"].name == "РГАСПИ, fond 45"


@pytest.mark.django_db
def test_site_says_which_units_are_sets(settings):
    settings.FONDS = {**settings.FONDS, "OAI_UNIT_SETS": ("fond",)}

    assert sets_of(kept("1", repository="APRF", fond="059a", opis="1")) == [("fond:059a",)]


@pytest.mark.django_db
def test_document_is_in_the_sets_of_its_languages_and_types():
    made = kept("1")
    made.texts.create(kind="transcript", language="zh-Hant", body="文")
    made.texts.create(kind="summary", language="ru", body="Кратко.")
    made.statements = [{"term": "type", "value": "Secret  Telegram"}, {"term": "type", "uri": "http://x.org/t/Text"}, 5]
    made.save()
    scheme = ConceptScheme.objects.create(slug="kinds", title="Kinds")
    letter = Concept.objects.create(identifier="k1", scheme=scheme, name="Letter")
    made.subjects.create(concept=letter, relation="type")

    assert sets_of(made) == [
        ("language:zh", "language:zh:hant", "type:k1", "type:secret~20~telegram", "type:text"),
    ]
    assert [each.name for each in titles(sets_of(made)[0]).values()] == [
        "In Chinese (zh)",
        "In Traditional Chinese (zh-hant)",
        "Of type: Letter",
        "Of type: secret telegram",
        "Of type: text",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"words": "TELEGRAM zhou"},
        {"original_language": "ru"},
        {"dated_from": "1951-01-01", "dated_to": "1951-12-31"},
        {"published_within": 30},
        {"words": "telegram", "original_language": "ru"},
    ],
)
def test_query_holds_what_answers_all_it_says(asked):
    from archive.finding import note
    from archive.models import Agent

    StoredQuery.objects.create(slug="asked", title="Asked", **asked)
    yes = kept("yes")
    Document.objects.filter(pk=yes.pk).update(
        original_language="ru", date_earliest="1951-05-01", date_latest="1951-05-31", published_at=None, state="draft"
    )
    zhou = Agent.objects.create(name="Zhou Enlai")
    yes.contributions.create(agent=zhou, role="sender", as_written="the premier")
    no = kept("no")
    note([yes.pk, no.pk])

    assert sets_of(yes, no) == [("query:asked",), ()]


@pytest.mark.django_db
def test_query_within_a_collection_or_a_unit_takes_in_what_is_below():
    korea = Collection.objects.create(slug="korea", title="Korea")
    armistice = Collection.objects.create(slug="armistice", title="Armistice", parent=korea)
    StoredQuery.objects.create(slug="a", title="A", collection=korea)
    StoredQuery.objects.create(slug="b", title="B", unit=unit_at({"repository": "APRF", "fond": "45"}))
    made = kept("1", collections=[armistice], repository="APRF", fond="45", opis="1")

    assert {"query:a", "query:b"} < set(sets_of(made)[0])


@pytest.mark.django_db
def test_query_within_another_finds_only_what_that_one_finds():
    from archive.finding import note

    outer = StoredQuery.objects.create(slug="russian", title="Russian", original_language="ru")
    StoredQuery.objects.create(slug="letters", title="Letters", words="letter", within=outer)
    both, words = kept("both"), kept("words")
    Document.objects.filter(pk=both.pk).update(original_language="ru")
    Document.objects.update(title="Letter")
    note([both.pk, words.pk])

    assert sets_of(both, words) == [("query:russian", "query:russian:letters"), ()]


@pytest.mark.django_db
def test_sets_of_a_thousand_documents_take_as_many_queries_as_those_of_one(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    StoredQuery.objects.create(slug="a", title="A", words="telegram")
    made = [kept(str(n), repository="APRF", fond=str(n), opis="1").pk for n in range(60)]
    with CaptureQueriesContext(connection) as one:
        describe(made[:1])

    with django_assert_num_queries(len(one)):
        assert len({each.sets for each in describe(made)}) == 60
