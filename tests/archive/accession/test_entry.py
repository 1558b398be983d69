"""Batches of documents: what their sources name is found again, and a bad one is refused alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.accession import Arrival, enter_all
from archive.accession.keys import system_of
from archive.drafts import (
    Contribution,
    Draft,
    Field,
    Identity,
    Number,
    Rights,
    Statement,
    Subject,
    TextBody,
    Title,
    Value,
)
from archive.models import Agent, AuthorityLink, Concept, ConceptLabel, Document, Place
from archive.readers import Source
from tests.builders import a_collection
from tests.sources import an_accession_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def volume():
    return an_accession_source(Source("volume.xml", b"<TEI/>"))


def a_draft(name: str, *values: Value) -> Draft:
    return Draft(
        Identity("record", name), tuple(Field(each, str(each)[:50], locator="p 1") for each in (Title(name), *values))
    )


def enter(source, *drafts: Draft, **options):
    return enter_all([Arrival(each, source) for each in drafts], **options)


def outcomes(entries) -> list[str]:
    return [each.outcome.value for each in entries]


def person(name: str, uri: str = "", role: str = "author", kind: str = "person") -> Contribution:
    return Contribution(role, name, name, kind=kind, uri=uri)


def test_two_drafts_of_one_document_in_a_batch_are_one_document(volume):
    entries = enter(volume, a_draft("a", Rights("one")), a_draft("b"), a_draft("a", Rights("two")))

    assert outcomes(entries) == ["created", "created", "updated"]
    assert entries[0].document == entries[2].document
    assert Document.objects.get(title="a").rights == "two"


def test_new_values_of_the_waist_are_in_the_document(volume):
    values = (
        Rights("Free.", "http://creativecommons.org/publicdomain/mark/1.0/", "Nobody"),
        Statement("isReferencedBy", "A book", uri="https://example.org/book"),
        TextBody("Words.", "transcript", "en", "machine", "Tesseract"),
        person("Acheson, Dean"),
    )
    enter(volume, a_draft("a", *values))

    document = Document.objects.get()
    assert (document.rights_uri, document.rights_holder) == (values[0].uri, "Nobody")
    assert document.statements[0]["uri"] == "https://example.org/book"
    text = document.texts.get()
    assert (text.method, text.made_by) == ("machine", "Tesseract")
    assert Agent.objects.get().kind == "person"


def test_subjects_become_authorities_each_once(volume):
    subjects = (
        Subject("place", "Seoul", "written at"),
        Subject("place", "Seoul"),
        Subject("concept", "Telegrams", "type", scheme="Forms"),
        Subject("concept", "Armistice"),
        Subject("agent", "Mao Zedong"),
    )
    enter(volume, a_draft("a", *subjects), a_draft("b", *subjects))

    assert [(str(each.authority), each.relation) for each in Document.objects.first().subjects.all()] == [
        ("Seoul", "written at"),
        ("Seoul", "about"),
        ("Telegrams", "type"),
        ("Armistice", "about"),
        ("Mao Zedong", "about"),
    ]
    assert (Place.objects.count(), Concept.objects.count(), Agent.objects.count()) == (1, 2, 1)
    assert [each.scheme.title for each in Concept.objects.order_by("name")] == ["Subjects", "Forms"]


def test_person_is_found_again_by_the_key_of_the_source_under_another_name(volume):
    enter(volume, a_draft("a", person("Acheson, Dean", "#p_AD1")))
    enter(volume, a_draft("b", person("The Secretary of State", "#p_AD1")))

    agent = Agent.objects.get()
    assert agent.name == "Acheson, Dean"
    assert [each.value for each in agent.names.all()] == ["The Secretary of State"]


def test_two_persons_of_one_name_with_keys_of_their_own_stay_two(volume):
    enter(volume, a_draft("a", person("Smith, John", "#p_1")), a_draft("b", person("Smith, John", "#p_2")))

    assert Agent.objects.filter(name="Smith, John").count() == 2


def test_key_of_another_volume_means_nothing_here(volume):
    other = an_accession_source(Source("other.xml", b"<TEI/>"))
    enter(volume, a_draft("a", person("Smith, John", "#p_1")))
    enter(other, a_draft("b", person("Miller, Ann", "#p_1")))

    assert set(Agent.objects.values_list("name", flat=True)) == {"Smith, John", "Miller, Ann"}


def test_address_of_an_authority_is_a_link_that_waits_for_a_curator(volume):
    address = "https://viaf.org/viaf/36920835"
    enter(volume, a_draft("a", person("Acheson, Dean", address)))
    enter(an_accession_source(Source("other.xml", b"")), a_draft("b", person("Dean Acheson", address)))

    assert Agent.objects.count() == 1
    link = AuthorityLink.objects.get()
    assert (link.uri, link.source, link.status) == (address, "viaf", "candidate")


def test_link_that_a_curator_rejected_counts_no_more(volume):
    address = "https://viaf.org/viaf/36920835"
    enter(volume, a_draft("a", person("Acheson, Dean", address)))
    AuthorityLink.objects.update(status="rejected")
    enter(volume, a_draft("b", person("Dean Acheson", address)))

    assert Agent.objects.count() == 2


def test_name_that_several_bear_is_not_guessed_at(volume):
    Agent.objects.create(name="Kim")
    Agent.objects.create(name="Kim")

    enter(volume, a_draft("a", person("Kim"), person("Kim", role="editor")), a_draft("b", person("Kim")))

    assert Agent.objects.filter(name="Kim").count() == 4


def test_concept_is_known_by_its_other_labels_too(volume):
    enter(volume, a_draft("a", Subject("concept", "Armistice")))
    ConceptLabel.objects.create(concept=Concept.objects.get(), value="Truce")

    enter(volume, a_draft("b", Subject("concept", "Truce")))

    assert Concept.objects.count() == 1


def test_part_that_has_no_name_here_is_kept_as_a_statement(volume):
    enter(volume, a_draft("a", person("Hopkins", role="publisher")))

    assert Document.objects.get().statements[0]["value"] == "Hopkins (publisher)"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Title("x" * 1001), "Title: “xxx"),
        (Number("5" * 201, "telegram"), "Numbers, no. 1: value: “555"),
        (Number("5", "of some kind"), "Numbers, no. 1: kind: “of some kind” is none of"),
        (
            Subject("agent", "Mao", "type"),
            "Subjects, no. 1: the type of a document is a concept, and this is an agent.",
        ),
        (Contribution("sender", "A", "A", copies=99999), "Contributions, no. 1: copies: 99999 is not from 0 to 32767."),
        (Statement("", "A"), "Statement 1: it has no term."),
        (Rights("", "no address"), "Rights uri: “no address” is no address of the web."),
    ],
)
def test_value_that_has_no_room_refuses_its_document_alone(volume, value, words):
    bad = Draft(Identity("record", "bad"), (Field(value, "verbatim", locator="cell C3"), Field(Title("bad"), "bad")))

    entries = enter(volume, a_draft("a"), bad, a_draft("b"))

    assert outcomes(entries) == ["created", "refused", "created"]
    assert entries[1].reason.startswith(words)
    assert isinstance(value, Statement) or "It stands at cell C3." in entries[1].reason


def test_doi_of_another_document_refuses_the_document(volume):
    enter(volume, a_draft("a", Number("10.1/1", "doi")))

    entries = enter(volume, a_draft("b", Number("10.1/1", "doi")), a_draft("a", Number("10.1/1", "doi")), a_draft("c"))

    assert outcomes(entries) == ["refused", "known", "created"]
    assert "belongs to “a”" in entries[0].reason


def test_batch_asks_as_often_for_many_documents_as_for_few(volume):
    collection = a_collection()

    def batch(name: str, size: int) -> list[Draft]:
        return [
            a_draft(f"{name}{n}", person(f"{name} {n}", f"#{name}{n}"), Subject("place", f"{name} {n}"))
            for n in range(size)
        ]

    with CaptureQueriesContext(connection) as few:
        enter(volume, *batch("a", 2), collection=collection)
    with CaptureQueriesContext(connection) as many:
        enter(volume, *batch("b", 20), collection=collection)

    assert len(many) <= len(few)


@pytest.mark.parametrize(
    ("key", "system"),
    [
        ("https://viaf.org/viaf/1", "https://viaf.org/viaf/"),
        ("volume.xml#p_1", "volume.xml#"),
        ("gnd:118500000", "gnd:"),
    ],
)
def test_system_of_a_key_is_what_stands_before_its_last_part(key, system):
    assert system_of(key) == system
