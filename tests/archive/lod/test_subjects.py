"""Subjects in RDF."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from archive import units
from archive.description import describe
from archive.lod import serialisations
from archive.models import Agent, ArchivalReference, AuthorityLink, Concept, ConceptScheme, Contribution, Place, Subject
from tests.archive.lod.test_graph import jsonld, triples, with_context_inside
from tests.builders import a_document

pytestmark = pytest.mark.django_db

OWL_SAME = "http://www.w3.org/2002/07/owl#sameAs"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RICO = "https://www.ica.org/standards/RiC/ontology#"


def linked(relation: str, **authority) -> None:
    AuthorityLink.objects.create(
        source="wikidata", uri=f"https://example.org/{relation}", relation=relation, status="accepted", **authority
    )


@pytest.fixture
def description():
    document = a_document()
    concept = Concept.objects.create(scheme=ConceptScheme.objects.create(slug="s", title="S"), name="Armistice")
    place, agent = Place.objects.create(name="Beijing"), Agent.objects.create(name="Stalin", kind="person")
    Subject.objects.create(document=document, concept=concept)
    Subject.objects.create(document=document, place=place, relation="written at")
    Contribution.objects.create(document=document, agent=agent, role="sender")
    for authority in ({"concept": concept}, {"place": place}, {"agent": agent}):
        linked("exactMatch", **authority)
        linked("closeMatch", **authority)
    unit = units.unit_at({"repository": "APRF", "fond": "45"})
    ArchivalReference.objects.create(document=document, unit=unit, repository="APRF", fond="45", verbatim="APRF 45")
    return describe([document.pk])[0]


def said(description) -> set[tuple[str, str, str]]:
    found = triples(serialisations.ntriples(description), ox.RdfFormat.N_TRIPLES)
    return {(t.subject.value, t.predicate.value, t.object.value) for t in found}


def test_links_of_concepts_are_skos_and_those_of_agents_and_places_owl(description):
    found = said(description)
    concept, place = (subject.uri for subject in description.subjects)
    agent = description.contributions[0].agent_uri

    assert (concept, SKOS + "exactMatch", "https://example.org/exactMatch") in found
    assert (concept, SKOS + "closeMatch", "https://example.org/closeMatch") in found
    for thing in (place, agent):
        assert (thing, OWL_SAME, "https://example.org/exactMatch") in found
        assert not [each for each in found if each[0] == thing and each[2].endswith("closeMatch")]


def test_place_where_it_was_written_is_said_and_named(description):
    place = description.subjects[1].uri

    assert (description.uri, RICO + "isAssociatedWithPlace", place) in said(description)
    assert (place, RICO + "name", "Beijing") in said(description)


def test_units_go_by_their_addresses(description):
    repository, fond = (unit.uri for unit in description.references[0].units)

    assert (description.uri, RICO + "isOrWasIncludedIn", fond) in said(description)
    assert (f"{description.uri}#reference-1", RICO + "hasOrHadHolder", repository) in said(description)


def test_json_ld_says_the_same(description):
    as_lines = triples(serialisations.ntriples(description), ox.RdfFormat.N_TRIPLES)

    assert triples(with_context_inside(jsonld(description)), ox.RdfFormat.JSON_LD) == as_lines
