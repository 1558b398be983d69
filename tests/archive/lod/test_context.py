"""The context as it was published: a name of our JSON means for ever what it meant once."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from archive.lod.context import VERSION
from tests.goldens import EXPECTED

#: One for each version that a site can have served.
PUBLISHED = sorted((EXPECTED / "context").glob("*.json"))


def served() -> dict:
    return json.loads(Client().get("/context.jsonld").content)["@context"]


def meanings(context: dict) -> dict:
    return {name: meaning for name, meaning in context.items() if name != "@version"}


@pytest.mark.django_db
@pytest.mark.any_engine
def test_another_meaning_takes_another_version():
    kept = EXPECTED / "context" / f"{VERSION}.json"

    assert kept.exists(), f"what is published as {VERSION} has to be kept: {json.dumps(served(), indent=1)}"
    assert meanings(served()) == meanings(json.loads(kept.read_text(encoding="utf-8")))


@pytest.mark.django_db
@pytest.mark.any_engine
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_name_keeps_what_it_meant_when_it_was_published(path):
    now, then = served(), meanings(json.loads(path.read_text(encoding="utf-8")))

    assert {name: now.get(name) for name in then} == then
