"""What a search tells besides the documents: facets, orders, pages, suggestions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.models import Agent, Collection, Concept, ConceptScheme, Contribution, Place, PlaceName, Subject
from archive.publication import withdraw
from archive.search import upkeep
from archive.search.query import CursorError, Sort, search
from tests.builders import published

from .builders import index_everything, telegram

pytestmark = pytest.mark.django_db


def identifiers(results):
    return [found.identifier for found in results.found]


def facets(results):
    return {facet.name: {value.label: value.count for value in facet.values} for facet in results.facets}


def dated(identifier, day, **fields):
    return telegram(identifier, date=day, date_earliest=day, date_latest=day, **fields)


def test_results_are_counted_by_people_languages_and_collections():
    korea = Collection.objects.create(slug="korea", title="Korea")
    war = Collection.objects.create(slug="war", title="The war", parent=korea)
    for number in range(3):
        document = telegram(f"t{number}")
        if number:
            war.documents.add(document)
    index_everything()

    found = facets(search("Roshchin", limit=1, facets=["person", "spoken", "collection", "has"]))

    assert found["person"] == {"Roshchin, Nikolai": 3, "Stalin, Joseph": 3}
    assert found["spoken"] == {"en": 3}
    assert found["collection"] == {"Korea": 2, "The war": 2}
    assert found["has"]["text"] == 3


def test_editors_of_the_edition_are_none_of_the_people_that_results_are_counted_by():
    document = telegram(published=False)
    Contribution.objects.create(document=document, agent=Agent.objects.create(name="Holm"), role="editor", order=9)
    published(document)
    index_everything()

    assert "Holm" not in facets(search("Roshchin", facets=["person"]))["person"]
    assert identifiers(search("Holm")) == ["110692"]


def test_histogram_is_of_years_and_of_months_where_these_are_few():
    for identifier, day in [("a", "1949-03-01"), ("b", "1950-10-13"), ("c", "1950-10-14"), ("d", "1953-07-27")]:
        dated(identifier, day)
    index_everything()

    years = search("Roshchin", facets=["person"]).histogram
    months = search("Roshchin date:1950", facets=["person"]).histogram

    assert (years.by, years.bars) == ("year", (("1949", 1), ("1950", 2), ("1953", 1)))
    assert (months.by, months.bars) == ("month", (("1950-10", 2),))


def test_withdrawn_document_is_in_no_count_before_the_index_hears_of_it():
    telegram("kept")
    gone = telegram("gone")
    index_everything()
    withdraw([gone.pk])

    results = search("Roshchin", facets=["person"])

    assert (results.total, identifiers(results)) == (1, ["kept"])
    assert facets(results)["person"] == {"Roshchin, Nikolai": 1, "Stalin, Joseph": 1}


@pytest.mark.parametrize("sort", [Sort.OLDEST, Sort.NEWEST, Sort.ADDED, Sort.RELEVANCE])
def test_pages_by_cursor_have_every_result_once(sort):
    for number in range(7):
        dated(f"t{number}", f"1950-10-{10 + number % 3}")
    index_everything()

    seen, cursor = [], ""
    while True:
        results = search("Roshchin", sort=sort, limit=3, cursor=cursor)
        assert results.total == 7
        seen += identifiers(results)
        if not (cursor := results.cursor):
            break

    assert sorted(seen) == [f"t{number}" for number in range(7)]


def test_results_are_put_in_order_by_date_with_the_undated_last():
    dated("late", "1953-07-27")
    dated("early", "1950-06-25")
    telegram("undated", date="", date_earliest=None, date_latest=None)
    index_everything()

    assert identifiers(search("Roshchin", sort=Sort.OLDEST)) == ["early", "late", "undated"]


@pytest.mark.parametrize("cursor", ["oldest-1", "relevance-", "x", "newest-99999999999999999999", "newest--1"])
def test_cursor_that_was_not_made_here_is_refused(cursor):
    index_everything()

    with pytest.raises(CursorError, match="Begin again"):
        search("Roshchin", sort=Sort.NEWEST, cursor=cursor)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("from:roshchin", True),
        ("from:stalin", False),
        ("to:Filippov", True),
        ("person:filippov", True),
        ("title:ciphered", True),
        ("title:troops", False),
        ("text:troops", True),
        ("place:Peking", True),
        ("Peking", True),
        ("subject:armistice", False),
        ("fond:059a opis:5A", True),
        ("fond:59a", False),
        ("number:25629", True),
        ("id:110692", True),
        ("language:en original:ru", True),
        ("date:1950-10", True),
        ("date:1951", False),
        ("date:..1949 OR date:1950-10-13", True),
        ("collection:korea", True),
        ("type:xyz", False),
        ("has:text NOT has:scan", True),
        ("NOT roshchin", False),
        ("NOT nowhere", True),
        ("troo*", True),
        ("fond:05*", True),
        ('"air cover" AND (korea OR japan) -vietnam', True),
        ('"air covers"', False),
    ],
)
def test_fields_and_operators_find_what_they_say(typed, found):
    document = telegram()
    Collection.objects.create(slug="korea", title="Korea").documents.add(document)
    place = Place.objects.create(name="Beijing")
    PlaceName.objects.create(place=place, value="Peking")
    Subject.objects.create(document=document, place=place, relation="written at")
    index_everything()

    assert bool(search(typed).found) == found


def test_type_is_asked_for_by_its_identifier():
    scheme = ConceptScheme.objects.create(slug="types", title="Types")
    kind = Concept.objects.create(scheme=scheme, name="Letter", identifier="letter")
    Subject.objects.create(document=telegram("letter"), concept=kind, relation="type")
    telegram("other")
    index_everything()

    assert identifiers(search("type:letter")) == ["letter"]


def test_slip_of_the_pen_is_mended_where_that_finds_something():
    telegram()
    index_everything()

    assert search("Roschhin trops").suggestion == "roshchin troops"
    assert search("Roshchin xqzzy").suggestion == ""


def test_words_that_were_typed_as_one_are_taken_apart_where_they_stand_together():
    telegram(body="The aircover of our troops was late. Their cover from the air was thin.", title="Soviet troops")
    index_everything()

    assert search("ourtroops").suggestion == "our troops"
    assert search("title:soviettroops").suggestion == 'title:"soviet troops"'
    assert search("troopscover").suggestion == ""


def test_word_of_a_withdrawn_document_is_not_suggested():
    gone = telegram("gone", body="The plan is called Barbarossa.")
    index_everything()
    withdraw([gone.pk])
    assert search("Barbarosa").suggestion == ""

    upkeep.catch_up()
    assert search("Barbarosa").suggestion == ""


def test_name_in_another_script_is_lit_in_its_place():
    telegram("ru", body="Посол Рощин сообщил", language="ru", title="Телеграмма", summary="")
    index_everything()

    (found,) = search("text:Roshchin").found

    (snippet,) = found.snippets
    assert [part.text for part in snippet.parts if part.hit] == ["Рощин"]


@pytest.mark.parametrize("typed", ["summary:перемирие", "перемирие"])
def test_hit_in_a_further_summary_is_shown_as_one_of_a_summary(typed):
    document = telegram(published=False)
    document.texts.create(kind="summary", language="ru", body="О том, что перемирие близко.", order=9)
    published(document)
    index_everything()

    (found,) = search(typed).found

    (snippet,) = (each for each in found.snippets if any(part.hit for part in each.parts))
    assert snippet.field == "summary"
    assert not search("text:перемирие").found


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("Filippov Nikolai", "people"),
        ("from:Nikolai", "sender"),
        ("Nikolai troops", "people"),
        ("Opis 5a", "references"),
        ("Nikolai Papka", "references"),
    ],
)
def test_hits_beside_the_text_are_shown_in_their_place(typed, field):
    telegram()
    index_everything()

    (found,) = search(typed).found

    assert field in {snippet.field for snippet in found.snippets}


def test_what_a_page_of_names_needs_does_not_grow_with_it():
    for number in range(6):
        telegram(f"t{number}")
    index_everything()
    search("Nikolai")

    with CaptureQueriesContext(connection) as for_six:
        assert len(search("Nikolai").found) == 6
    with CaptureQueriesContext(connection) as for_one:
        search("Nikolai", limit=1)

    assert len(for_six) == len(for_one) <= 8


def test_site_without_an_index_says_so():
    assert search("Roshchin").unavailable
