"""Tallies: whichever way the values of a column are counted, they are as many."""

from __future__ import annotations

import random

import pytest

from archive.models import Place, Subject
from archive.publication import withdraw
from archive.search import upkeep
from archive.search.index import reading, tallies
from archive.search.query import search
from tests.builders import published

from .builders import index_everything, telegram

pytestmark = pytest.mark.django_db

WORDS = ["armistice", "border", "cover", "delegation"]


@pytest.fixture
def documents():
    """Twenty documents, each with some of the words and some of five places: every set of hits, large and small."""
    draw, places = random.Random(7), [Place.objects.create(name=name) for name in "ABCDE"]
    made = []
    for number in range(20):
        words = [word for word in WORDS if draw.random() < 0.6]
        document = telegram(f"t{number}", published=False, summary="", body=" ".join(words))
        for place in draw.sample(places, draw.randrange(4)):
            Subject.objects.create(document=document, place=place, relation="about")
        made.append(published(document))
    index_everything()
    return made


def facets(typed):
    """What a search says of places and years, and the number of results."""
    found = search(typed, facets=["place"], limit=1)
    return (
        {each.label: each.count for facet in found.facets for each in facet.values},
        found.histogram.bars,
        found.total,
    )


def one_by_one(typed):
    """The same, counted place by place."""
    everything = facets("Roshchin")[0]
    each = {name: search(f'({typed}) place:"{name}"', limit=1).total for name in everything}
    return {name: count for name, count in each.items() if count}


QUERIES = ["Roshchin", "Roshchin NOT armistice", *WORDS, *(f"{one} OR {other}" for one in WORDS for other in WORDS)]


@pytest.mark.parametrize("gone", [0, 3])
def test_places_are_as_many_whether_most_documents_answer_or_few(documents, gone):
    withdraw([each.pk for each in documents[:gone]])

    found = {typed: facets(typed) for typed in QUERIES}

    assert {typed: counts for typed, (counts, _, _) in found.items()} == {typed: one_by_one(typed) for typed in QUERIES}
    assert all(sum(count for _, count in bars) == total for _, bars, total in found.values())
    assert len({total > 10 for _, _, total in found.values()}) == 2


def test_counts_of_all_are_those_of_the_index_as_it_is(documents):
    before, _, _ = facets("Roshchin")
    place = Place.objects.get(name="A")
    document = telegram("new", published=False)
    Subject.objects.create(document=document, place=place)
    published(document)
    upkeep.catch_up()

    after, _, _ = facets("Roshchin")

    assert after == {**before, "A": before["A"] + 1}


def test_column_of_very_many_values_is_counted_as_it_answers(documents, monkeypatch):
    before = facets("Roshchin")
    monkeypatch.setattr(tallies, "MANY", 2)
    reading.held().wholes.clear()

    assert facets("Roshchin") == before


def test_most_frequent_come_first_and_of_as_frequent_ones_the_lesser(documents):
    asked = {"place": 3}
    held = reading.held()
    all_of_them, some = (
        tallies.tallies(held, tallies.Query.all_query(), asked, hits=hits)["place"] for hits in (len(documents), 0)
    )

    assert all_of_them == some == sorted(some, key=lambda each: (-each[1], each[0]))
    assert len(some) == 3
