"""How many results each place, type and fond has."""

from __future__ import annotations

import pytest

from archive.models import ArchivalReference, Concept, ConceptScheme, Document, Place, Subject
from archive.publication import withdraw
from archive.search.query import search
from archive.units import unit_at
from tests.builders import published

from .builders import index_everything, telegram

pytestmark = pytest.mark.django_db


def counts(facet, typed="Roshchin", **options):
    """Each value of a facet, by what it is called."""
    found = search(typed, facets=[facet], limit=1, **options).facets
    return {value.label: value.count for each in found for value in each.values}


def with_subjects(identifier, *subjects, **fields):
    document = telegram(identifier, published=False, **fields)
    for subject in subjects:
        Subject.objects.create(document=document, **subject)
    return published(document)


def kept_in(identifier, *paths):
    """A telegram with a reference to each path: repository, fond, opis."""
    document = telegram(identifier, published=False)
    for order, path in enumerate(paths, start=1):
        codes = dict(zip(("repository", "fond", "opis"), path, strict=False))
        ArchivalReference.objects.create(document=document, order=order, unit=unit_at(codes), verbatim=", ".join(path))
    return published(document)


def test_document_counts_once_for_a_place_however_often_it_names_it():
    beijing, moscow = Place.objects.create(name="Beijing"), Place.objects.create(name="Moscow")
    with_subjects("a", {"place": beijing, "relation": "written at"}, {"place": beijing, "relation": "about"})
    with_subjects("b", {"place": beijing, "relation": "received at"}, {"place": moscow, "relation": "written at"})
    with_subjects("c", {"place": moscow}, body="Of air cover alone.")
    telegram("nowhere")
    index_everything()

    assert counts("place") == {"Beijing": 2, "Moscow": 2}
    assert counts("place", "Roshchin NOT troops") == {"Moscow": 1}


def test_types_are_counted_apart_from_what_documents_are_about():
    scheme = ConceptScheme.objects.create(slug="types", title="Types")
    letter, report = (Concept.objects.create(scheme=scheme, name=name) for name in ("Letter", "Report"))
    with_subjects("a", {"concept": letter, "relation": "type"})
    with_subjects("b", {"concept": letter, "relation": "type"}, {"concept": report, "relation": "about"})
    with_subjects("c", {"concept": report, "relation": "type"})
    index_everything()

    assert counts("type") == {"Letter": 2, "Report": 1}
    assert counts("topic") == {"Report": 1}
    assert counts("type", narrowed={"topic": [report.identifier]}) == {"Letter": 1}


def test_fonds_of_one_number_are_counted_apart_and_with_what_is_below_them():
    kept_in("a", ("APRF", "45", "1"))
    kept_in("b", ("APRF", "45", "2"), ("APRF", "45", "1"))
    kept_in("c", ("AVP RF", "45"))
    kept_in("d", ("APRF",))
    index_everything()

    assert counts("in_fond") == {"APRF, 45": 2, "AVP RF, 45": 1}


def test_what_a_count_says_is_what_one_finds_who_follows_it():
    beijing = Place.objects.create(name="Beijing")
    scheme = ConceptScheme.objects.create(slug="types", title="Types")
    letter = Concept.objects.create(scheme=scheme, name="Letter")
    fond = unit_at({"repository": "APRF", "fond": "45"})
    for number in range(5):
        subjects = [{"place": beijing}] * (number < 2) + [{"concept": letter, "relation": "type"}] * (number < 3)
        document = with_subjects(f"t{number}", *subjects)
        if number:
            ArchivalReference.objects.create(document=document, order=9, unit=fond)
    index_everything()

    facets = search("Roshchin", facets=["place", "type", "in_fond"]).facets

    assert {facet.name: [value.count for value in facet.values] for facet in facets} == {
        "place": [2], "type": [3], "in_fond": [4],
    }  # fmt: skip
    for facet in facets:
        for value in facet.values:
            assert search("Roshchin", narrowed={facet.name: [value.value]}).total == value.count


@pytest.mark.parametrize("facet", ["place", "type", "in_fond"])
def test_drafts_and_what_is_withdrawn_are_in_no_count(facet):
    beijing = Place.objects.create(name="Beijing")
    scheme = ConceptScheme.objects.create(slug="types", title="Types")
    letter = Concept.objects.create(scheme=scheme, name="Letter")
    fond = unit_at({"repository": "APRF", "fond": "45"})
    for identifier in ("kept", "gone", "draft"):
        document = telegram(identifier, published=False)
        Subject.objects.create(document=document, place=beijing)
        Subject.objects.create(document=document, concept=letter, relation="type")
        ArchivalReference.objects.create(document=document, order=9, unit=fond, verbatim="APRF, f. 45")
        if identifier != "draft":
            published(document)
    index_everything()
    withdraw([Document.objects.get(identifier="gone").pk])

    assert list(counts(facet).values()) == [1]
