"""What a document is about."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from archive.description import describe
from archive.dublin_core import statements
from archive.models import Agent, AuthorityLink, Concept, ConceptScheme, Document, DocumentRelation, Place, Subject
from tests.builders import a_document, a_published_document

pytestmark = pytest.mark.django_db


def a_concept(name: str = "Armistice") -> Concept:
    scheme, _ = ConceptScheme.objects.get_or_create(slug="subjects", defaults={"title": "Subjects"})
    return Concept.objects.create(scheme=scheme, name=name)


def said(document: Document, term: str) -> list[str]:
    return [each.value for each in statements(describe([document.pk])[0]) if each.term == term]


def test_concepts_places_and_people_are_said_under_their_own_terms():
    document = a_document()
    Subject.objects.create(document=document, concept=a_concept(), order=0)
    Subject.objects.create(document=document, place=Place.objects.create(name="Beijing"), order=1)
    Subject.objects.create(document=document, agent=Agent.objects.create(name="Syngman Rhee"), order=2)
    Subject.objects.create(document=document, concept=a_concept("telegram"), relation="type", order=3)

    assert said(document, "subject") == ["Armistice", "Syngman Rhee"]
    assert said(document, "spatial") == ["Beijing"]
    assert said(document, "type") == ["telegram", "Text"]


def test_where_a_document_was_written_is_not_what_it_is_about():
    document = a_document()
    Subject.objects.create(document=document, place=Place.objects.create(name="Beijing"), relation="written at")

    assert said(document, "spatial") == []


def test_only_accepted_links_are_told():
    document, place = a_document(), Place.objects.create(name="Beijing")
    Subject.objects.create(document=document, place=place)
    for number, status in enumerate(AuthorityLink.Status.values):
        AuthorityLink.objects.create(place=place, source="geonames", uri=f"https://example.org/{number}", status=status)

    (subject,) = describe([document.pk])[0].subjects
    assert [(link.uri, link.relation) for link in subject.links] == [("https://example.org/1", "exactMatch")]


def test_relation_to_a_document_that_is_not_public_is_not_told():
    document, draft, public = a_document("1"), a_document("2"), a_published_document("3")
    for target in (draft, public):
        DocumentRelation.objects.create(document=document, target=target, kind="refers to")

    assert [each.identifier for each in describe([document.pk])[0].relations] == ["3"]
    assert said(document, "references") == ["Telegram 3"]


@pytest.mark.parametrize(
    "wrong",
    [
        dict,
        lambda: {"agent": Agent.objects.create(name="A"), "place": Place.objects.create(name="B")},
        lambda: {"concept": a_concept(), "relation": "written at"},
        lambda: {"place": Place.objects.create(name="B"), "relation": "type"},
    ],
    ids=["nothing", "two things", "written at a concept", "a place as a type"],
)
def test_subject_that_makes_no_sense_is_refused(wrong):
    document = a_document()

    with pytest.raises(IntegrityError), transaction.atomic():
        Subject.objects.create(document=document, **wrong())


@pytest.mark.parametrize("where", [(91, 0), (0, 181), (45, None)])
def test_place_that_is_not_on_earth_is_refused(where):
    latitude, longitude = where

    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(name="Nowhere", latitude=latitude, longitude=longitude)


def test_document_cannot_stand_in_a_relation_to_itself():
    document = a_document()

    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentRelation.objects.create(document=document, target=document, kind="reply to")
