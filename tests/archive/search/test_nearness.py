"""Words that stand near each other in a text count for more than words far apart."""

import pytest
from django.utils import timezone

from archive.models import Document
from archive.search import paging
from archive.search.query import search

from .builders import index_everything, telegram

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

FILLING = "and so it went on for the whole of a long evening in the embassy "


@pytest.fixture(autouse=True)
def archive():
    """Texts of the same words, as long as each other; the words that are asked for stand apart or together."""
    for identifier, body in (
        ("apart", f"Armistice {FILLING * 4} troops."),
        ("near", f"{FILLING * 2} armistice of all troops {FILLING * 2}."),
        ("turned", f"{FILLING * 2} troops until the armistice {FILLING * 2}."),
        ("one", f"{FILLING * 2} armistice {FILLING * 2}."),
    ):
        telegram(identifier, body=body, published=False, title="A telegram", summary="")
    Document.objects.update(state=Document.State.PUBLISHED, published_at=timezone.now())
    index_everything()


def identifiers(typed, **options):
    return [each.identifier for each in search(typed, **options).found]


def test_words_near_each_other_come_before_words_far_apart():
    assert identifiers("armistice troops") == ["near", "turned", "apart"]
    assert identifiers("text:troops text:armistice") == ["near", "turned", "apart"]


def test_nearness_finds_and_hides_nothing():
    assert search("armistice troops").total == 3
    assert identifiers("armistice") != []
    assert identifiers("armistice NOT troops") == ["one"]


def test_pages_have_every_result_once_where_only_the_best_are_looked_at(monkeypatch):
    monkeypatch.setattr(paging, "CLOSER", 2)

    pages = [identifiers("armistice troops", limit=1, offset=offset) for offset in range(3)]

    assert sorted(pages) == [["apart"], ["near"], ["turned"]]
