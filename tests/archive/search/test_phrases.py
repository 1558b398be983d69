"""Phrases, found by pairs of common words where the index has a list of these, and by the places of words elsewhere."""

import pytest
from django.utils import timezone

from archive.models import Document, Text
from archive.search import building, tasks, upkeep
from archive.search.commonness import common_words
from archive.search.index import folder
from archive.search.query import search

from .builders import index_everything, telegram

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

BODIES = {
    "both": "The troops of the army of the north are of the opinion that they have to leave.",
    "twice": "Of the two, one is of the north; of the other nothing is said.",
    "apart": "Of all the reports, the last is by far the longest of these.",
    "turned": "The of and the of the, the the of.",
    "chinese": "中国人民志愿军。人民中国",
}
PHRASES = [
    '"of the"',
    '"the of"',
    '"the the"',
    '"of the north"',
    '"army of the north"',
    '"the army of"',
    '"of the" NOT "the north"',
    'text:"of the" OR "have to"',
    '"of the" report',
    '"of th"',
    '"of the nor"',
    "中国",
    "人民",
    "国人",
    "中国人民",
    '"ciphered telegram"',
]


@pytest.fixture
def archive():
    """Documents of several languages; that they are public is enough, for typesetting is not what is tested here."""
    for identifier, body in BODIES.items():
        language = "zh" if identifier == "chinese" else "en"
        telegram(identifier, body=body, language=language, published=False)
    open_to_all(Document.objects.all())


def open_to_all(documents):
    documents.update(state=Document.State.PUBLISHED, published_at=timezone.now())


def answers(typed):
    results = search(typed, facets=["person", "has"])
    lit = [[(part.text, part.hit) for one in each.snippets for part in one.parts] for each in results.found]
    return results.total, [each.identifier for each in results.found], lit, results.facets


def test_phrases_are_answered_alike_with_pairs_and_without(archive, monkeypatch):
    index_everything()
    assert {"of", "the", "中", "国"} <= folder.common(folder.current())
    with_pairs = {typed: answers(typed) for typed in PHRASES}
    monkeypatch.setattr(building, "common_words", list)
    index_everything()
    assert not folder.common(folder.current())

    without = {typed: answers(typed) for typed in PHRASES}

    assert with_pairs == without
    assert [without[typed][0] for typed in PHRASES[:3]] == [3, 1, 1]


def test_common_words_of_two_texts_make_no_phrase():
    document = telegram(body="We hope to see air", published=False)
    document.texts.create(kind=Text.Kind.TRANSCRIPT, language="en", body="cover as soon as possible", order=1)
    open_to_all(Document.objects.all())
    index_everything()

    assert {"air", "cover"} <= folder.common(folder.current())
    assert search('"air cover"').total == 0
    assert search('"see air"').total == 1


def test_phrase_that_a_change_brings_or_takes_is_found_or_no_longer(archive):
    index_everything()
    assert search('"other of"').total == 0

    Text.objects.filter(document__identifier="twice").update(body="The other of the two.")
    upkeep.note(Document.objects.filter(identifier="twice").values_list("pk", flat=True))
    upkeep.catch_up()

    assert [each.identifier for each in search('"the other of the"').found] == ["twice"]
    assert search('"is of"').total == 0


def test_word_is_common_that_is_in_a_fifth_of_the_documents(monkeypatch):
    for number, body in enumerate(["the same"] * 2 + ["the rest"] * 7 + ["one else"]):
        telegram(f"t{number}", body=body, published=False)
    telegram("draft", body="else else", published=False)
    open_to_all(Document.objects.exclude(identifier="draft"))

    assert common_words() == ["the", "rest", "same"]
    monkeypatch.setattr("archive.search.commonness.MOST", 1)
    assert common_words() == ["the"]


def test_index_that_was_begun_for_far_fewer_documents_is_built_anew(archive, monkeypatch):
    monkeypatch.setattr(building, "FEW", 2)
    Document.objects.exclude(identifier="both").update(state=Document.State.DRAFT)
    index_everything()
    small = folder.current()
    assert not building.outgrown()
    monkeypatch.setattr(building, "GROWN", 4)
    open_to_all(Document.objects.all())

    tasks.agree()

    assert folder.current() != small
    assert search('"of the"').total == 3
    assert not building.outgrown()
