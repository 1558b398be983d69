"""Every source in fixtures/sources is written in RDF as its twins in fixtures/expected say."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from archive.lod.renderers import JsonLd, Turtle
from tests.archive.lod.test_graph import triples, with_context_inside
from tests.goldens import assert_every_twin_has_a_source, assert_is_twin, described, each_source, twin

each_notation = pytest.mark.parametrize("notation", [JsonLd(), Turtle()], ids=lambda notation: notation.format)


@pytest.mark.django_db
@each_notation
@each_source
def test_source_is_written_as_expected(notation, path):
    written = notation.render(described(path)).decode()

    assert_is_twin(written, twin(notation.format, path, notation.extension))


@each_source
def test_twins_are_one_graph(path):
    json, turtle = twin("jsonld", path, "jsonld").read_bytes(), twin("turtle", path, "ttl").read_bytes()

    assert triples(with_context_inside(json), ox.RdfFormat.JSON_LD) == triples(turtle, ox.RdfFormat.TURTLE)


@each_notation
def test_every_twin_has_a_source(notation):
    assert_every_twin_has_a_source(notation.format)
