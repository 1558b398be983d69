"""The names of sets."""

from __future__ import annotations

from archive.sets import spec_of, specs_of

PARENTS = {1: None, 2: 1, 3: 2, 4: None}
SLUGS = {1: "korea", 2: "armistice", 3: "1951", 4: "china"}


def test_spec_of_a_collection_names_those_above_it():
    assert spec_of(3, PARENTS, SLUGS) == "collection:korea:armistice:1951"


def test_document_is_in_every_set_above_its_own_once():
    assert specs_of([2, 3, 4], PARENTS, SLUGS) == (
        "collection:china",
        "collection:korea",
        "collection:korea:armistice",
        "collection:korea:armistice:1951",
    )


def test_loop_in_the_tree_does_not_hang():
    assert spec_of(1, {1: 2, 2: 1}, SLUGS) == "collection:armistice:korea"
