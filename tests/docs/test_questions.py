"""The questions of docs/questions.md, asked of the demo's documents and of a volume of FRUS."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from pyoxigraph import RdfFormat, Store

from archive.accession import Arrival, enter_all
from archive.description import describe
from archive.lod.namespaces import NAMESPACES
from archive.lod.serialisations import turtle
from archive.models import AccessionSource
from archive.readers import drafts_of
from tests.sources import SOURCES, source

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

PAGE = (Path(settings.BASE_DIR) / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = dict(re.findall(r"## ([^\n]+)\n\n```sparql\n(.+?)```", PAGE, re.DOTALL))
DEMO = [*SOURCES.glob("page_*/*.txt"), *SOURCES.glob("tei/*.xml")]
FRUS = Path(settings.BASE_DIR).parent / "shared" / "corpora" / "frus" / "frus1949v07p1.xml"


def stored(paths: list[Path]) -> Store:
    """A fresh store with the Turtle of every document in some sources."""
    store = Store()
    for path in paths:
        _, drafts = drafts_of(source(path))
        entries = enter_all([Arrival(draft, AccessionSource(name=path.name)) for draft in drafts])
        for description in describe([each.document.pk for each in entries if each.document]):
            store.load(input=turtle(description), format=RdfFormat.TURTLE)
    return store


def rows(store: Store, question: str) -> list[dict[str, str]]:
    found = store.query(QUESTIONS[question], prefixes=NAMESPACES)
    names = [variable.value for variable in found.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in found]


def test_ten_questions_are_answered_from_the_demo():
    store = stored(DEMO)

    assert len(QUESTIONS) == 10
    answers = {question: rows(store, question) for question in QUESTIONS}
    assert not [question for question, found in answers.items() if not found]
    assert answers["Telegrams from Roshchin in October 1950, by fond"] == [
        {"fond": "45", "title": "Ciphered Telegram, Roshchin to Filippov (Stalin)", "date": "1950-10-13"}
    ]
    names = {row["written"] for row in answers["Under which names Stalin stands in documents"]}
    assert {"Filippov", "Stalin"} <= names
    assert {row["cited"] for row in answers["Which documents cite which others by number"]} >= {"2406", "25612"}


@pytest.mark.soak
@pytest.mark.skipif(not FRUS.is_file(), reason="the volume is not beside the checkout (../shared/corpora)")
def test_ten_questions_are_answered_from_the_demo_and_a_volume():
    store = stored([*DEMO, FRUS])

    assert all(rows(store, question) for question in QUESTIONS)
    assert sum(int(row["letters"]) for row in rows(store, "Who wrote to whom")) > 390  # between some 80 pairs
