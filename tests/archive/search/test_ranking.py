"""The order by relevance: where a word stands decides, and not when a document was written or published."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from archive.models import Document
from archive.search.query import Sort, search

from .builders import index_everything, telegram

pytestmark = pytest.mark.django_db

#: The word stands in one place of each document; where it does not stand, a word as long does.
PLACES = ("title", "summary", "body")


@pytest.fixture
def indexed():
    """Publish what is there, one a day from the first made on, and index it; pages are not what is tested here."""

    def indexed(*identifiers):
        for number, identifier in enumerate(identifiers, start=1):
            Document.objects.filter(identifier=identifier).update(
                state="published", published_at=datetime(2020, 1, number, tzinfo=UTC)
            )
        index_everything()

    return indexed


def found(typed, **options):
    return [each.identifier for each in search(typed, **options).found]


def with_the_word_in(place, identifier, **fields):
    words = {each: "Nothing but an embargo." if each == place else "Nothing but an evening." for each in PLACES}
    return telegram(identifier, published=False, **words, **fields)


@pytest.mark.parametrize("order", list(permutations(PLACES)), ids=" ".join)
def test_title_comes_before_summary_and_summary_before_text(indexed, order):
    """Whichever of them was made, published and indexed first."""
    for place in order:
        with_the_word_in(place, place)
    indexed(*order)

    assert found("embargo") == ["title", "summary", "body"]


@pytest.mark.parametrize("times", [2, 3])
def test_word_in_the_summary_outweighs_the_same_word_said_again_in_the_text(indexed, times):
    with_the_word_in("summary", "summary")
    telegram("text", published=False, title="Nothing.", summary="Nothing.", body="An embargo. " * times)
    indexed("text", "summary")

    assert found("embargo") == ["summary", "text"]


def test_neither_the_day_of_writing_nor_that_of_publishing_changes_the_order(indexed):
    days = {"old": "1945-05-09", "middle": "1950-10-13", "new": "1999-12-31"}
    for identifier, day in days.items():
        dates = {"date": day, "date_earliest": day, "date_latest": day, "date_verbatim": ""}
        with_the_word_in("title" if identifier == "old" else "body", identifier, **dates)
    orders = []
    for published in permutations(days):
        indexed(*published)
        orders.append(found("embargo"))

    assert {each[0] for each in orders} == {"old"}
    assert len({tuple(each) for each in orders}) == 1
    assert found("embargo", sort=Sort.NEWEST) == ["new", "middle", "old"]


def test_documents_that_answer_alike_are_ranked_alike_whatever_their_dates(indexed):
    """What decides between them is that they were made in this order."""
    for identifier, day in (("a", "1950-10-13"), ("b", "1999-12-31"), ("c", "1945-05-09")):
        dates = {"date": day, "date_earliest": day, "date_latest": day, "date_verbatim": ""}
        with_the_word_in("body", identifier, **dates)
    indexed("c", "a", "b")

    assert found("embargo") == ["a", "b", "c"]
