"""oai_dc: what an aggregator reads of a document."""

from __future__ import annotations

import pytest
from lxml import etree

from archive.description import describe
from archive.models import Agent, Collection
from archive.representations import registry
from harvest.formats.oai_dc import OaiDc
from tests.harvest.answers import NAMESPACES
from tests.harvest.builders import document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def rendered(made) -> bytes:
    return OaiDc().render(describe([made.pk])[0])


def texts(made, name: str) -> list[str]:
    return [each.text for each in etree.fromstring(rendered(made)).findall(f"dc:{name}", NAMESPACES)]


def test_format_is_among_the_renderers():
    assert isinstance(registry.get("oai_dc"), OaiDc)


def test_address_of_the_page_is_the_first_identifier():
    made = document("110692", citation="Telegram, 1950")
    made.numbers.create(kind="telegram", value="3172")

    assert texts(made, "identifier") == [
        "https://archive.example.org/documents/110692",
        "110692",
        "3172",
        "Telegram, 1950",
    ]


def test_address_of_the_rights_stands_alone():
    made = document("a", rights="Free for study", rights_uri="http://rightsstatements.org/vocab/InC/1.0/")

    assert texts(made, "rights") == ["http://rightsstatements.org/vocab/InC/1.0/", "Free for study"]


def test_words_and_address_are_two_elements():
    subject = {"term": "subject", "value": "Korea", "uri": "http://id.worldcat.org/fast/1206434"}

    assert texts(document("a", statements=[subject]), "subject") == ["Korea", "http://id.worldcat.org/fast/1206434"]


def test_address_of_a_person_is_not_one_more_author():
    made = document("a")
    made.contributions.create(agent=Agent.objects.create(name="Stalin"), role="sender")

    assert texts(made, "creator") == ["Stalin"]


def test_refinement_stands_under_the_element_that_it_refines():
    made = document(
        "a",
        summary="A request",
        date="1950-07-13",
        statements=[
            {"term": "spatial", "value": "Korea", "language": "en", "uri": "http://sws.geonames.org/1873107/"},
            {"term": "audience", "value": "Historians"},
        ],
    )

    assert texts(made, "description") == ["A request"]
    assert texts(made, "date") == ["1950-07-13"]
    assert texts(made, "coverage") == ["Korea", "http://sws.geonames.org/1873107/"]
    assert b"Historians" not in rendered(made)


def test_language_of_words_is_kept_where_it_is_a_language():
    made = document("a", title="Телеграмма", title_language="ru", summary="x", summary_language="not a tag!")
    made.statements = [{"term": "subject", "value": "Війна", "language": "uk-UA", "uri": "http://example.org/war"}]
    made.save()

    root = etree.fromstring(rendered(made))

    languages = [(each.text, each.get("{http://www.w3.org/XML/1998/namespace}lang")) for each in root]
    assert ("Телеграмма", "ru") in languages
    assert ("x", None) in languages
    assert ("Війна", "uk-UA") in languages
    assert ("http://example.org/war", None) in languages


def test_nothing_is_said_twice_and_nothing_empty():
    made = document("3172", summary=" \x01 ")
    made.numbers.create(kind="telegram", value="3172")

    assert texts(made, "identifier") == ["https://archive.example.org/documents/3172", "3172"]
    assert texts(made, "description") == []


def test_characters_that_xml_cannot_carry_are_taken_out():
    made = document("a", title="A\x0b letter\x1a \ufffe& <more>")

    assert texts(made, "title") == ["A letter & <more>"]


def test_collections_are_relations():
    made = document("a", collections=[Collection.objects.create(slug="korea", title="Korea")])

    assert texts(made, "relation") == ["Korea", "https://archive.example.org/collections/korea"]


def test_fragment_has_no_prolog_and_needs_no_namespace_from_outside():
    fragment = rendered(document("a"))

    assert fragment.startswith(b"<oai_dc:dc ")
    root = etree.fromstring(fragment)
    location = root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")
    assert location.split() == [NAMESPACES["oai_dc"], "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"]


def test_same_document_gives_the_same_bytes():
    made = document("a", summary="A request")

    assert rendered(made) == rendered(made)


def test_fragment_is_valid(schema):
    """The schema of answers also knows the formats' own elements."""
    made = document("a", rights="r", summary="s", date="1950", title_language="ru")

    schema.assertValid(etree.fromstring(rendered(made)))
