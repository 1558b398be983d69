"""Shapes: what the archive says of its records holds of them, and does not of what is broken."""

from __future__ import annotations

import pyshacl
import pytest
import rdflib
from django.test import Client

from archive.models import Representation
from tests.archive.builders import a_full_document
from tests.archive.lod.test_things import archive  # noqa: F401 - one thing of each kind, for every test here
from tests.builders import published

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.fixture
def shapes() -> rdflib.Graph:
    answer = Client().get("/shapes")
    assert answer["Content-Type"] == "text/turtle; charset=utf-8"
    return rdflib.Graph().parse(data=answer.content.decode(), format="turtle")


def everything() -> rdflib.Graph:
    graph = rdflib.Graph()
    for row in Representation.objects.filter(format="ntriples", withdrawn=False):
        graph.parse(data=bytes(row.content).decode(), format="nt")
    return graph


def test_every_record_has_the_shape_that_is_published(shapes):
    published(a_full_document("110692"))

    conforms, _, report = pyshacl.validate(everything(), shacl_graph=shapes)

    assert conforms, report


@pytest.mark.parametrize(
    "broken",
    [
        ("dcterms:title", "title"),
        ("rdf:value", "words"),
        ("foaf:name", "name"),
        ("rico:relationHasTarget", ""),
        ("rico:latitude", ""),
    ],
)
def test_what_lacks_something_is_found(shapes, broken):
    term, says = broken
    graph = everything()
    graph.bind("rico", "https://www.ica.org/standards/RiC/ontology#")
    graph.update(f"DELETE WHERE {{ ?s {term} ?o }}", initNs=dict(shapes.namespaces()))

    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)

    assert not conforms
    assert says in report
