"""Texts as things of their own, and where the description of a document came from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.description import describe
from archive.drafts import Statement, Summary, TextBody
from archive.models import AccessionItem, Agent, Contribution, Text
from archive.readers import Source, drafts_of
from archive.representations import registry
from tests.archive.lod.test_graph import DOCUMENT, objects
from tests.builders import a_document
from tests.sources import an_accession_source

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def without_texts():
    document = a_document("110692")
    document.texts.all().delete()
    return document


def described(document):
    return describe([document.pk])[0]


def a_contributor(document, role, name):
    agent = Agent.objects.create(name=name)
    Contribution.objects.create(document=document, role=role, agent=agent, as_written=name)
    return f"https://archive.example.org/agents/{agent.identifier}"


def test_translation_is_told_with_its_translator_licence_and_what_it_was_made_from():
    document = without_texts()
    original = Text.objects.create(document=document, order=1, kind="original", language="ru", body="Да")
    Text.objects.create(
        document=document, order=2, kind="translation", language="en", body="Yes", derived_from=original,
        method="human", made_by="A. Person", licence_uri="https://creativecommons.org/licenses/by/4.0/",
    )  # fmt: skip

    told = described(document)

    assert objects(told, "#text-2", "relators:trl") == {f"{DOCUMENT}#text-2-maker"}
    assert objects(told, "#text-2-maker", "foaf:name") == {"A. Person"}
    assert objects(told, "#text-2", "prov:wasDerivedFrom") == {f"{DOCUMENT}#text-1"}
    assert objects(told, "#text-2", "rico:isOrWasDerivedFromInstantiation") == {f"{DOCUMENT}#text-1"}
    assert objects(told, "#text-2", "dcterms:license") == {"https://creativecommons.org/licenses/by/4.0/"}
    assert objects(told, "#text-2", "rico:productionTechnique") == {"by a person"}


def test_program_that_made_a_text_is_software_and_no_translator():
    document = without_texts()
    a_contributor(document, "translator", "A. Person")
    Text.objects.create(document=document, kind="translation", body="Yes", method="machine", made_by="Engine 3")

    told = described(document)

    assert objects(told, "#text-1", "relators:trl") == set()
    assert objects(told, "#text-1", "prov:wasAttributedTo") == {f"{DOCUMENT}#text-1-maker"}
    assert "http://www.w3.org/ns/prov#SoftwareAgent" in objects(told, "#text-1-maker", "rdf:type")


def test_translator_of_the_only_translation_is_the_contributor():
    document = without_texts()
    person = a_contributor(document, "translator", "A. Person")
    Text.objects.create(document=document, kind="translation", body="Yes")

    assert objects(described(document), "#text-1", "relators:trl") == {person}


def test_translator_of_one_of_two_translations_is_who_it_names():
    document = without_texts()
    _, second = (a_contributor(document, "translator", name) for name in ("A. Person", "B. Person"))
    for order, name in enumerate(("B. Person", "")):
        Text.objects.create(document=document, order=order, kind="translation", body="Yes", made_by=name)

    told = described(document)

    assert objects(told, "#text-1", "relators:trl") == {second}
    assert objects(told, "#text-2", "relators:trl") == set()


def test_description_says_what_it_was_read_from_by_which_program_and_not_the_name_of_the_file():
    document = a_document("110692", source_url="https://elsewhere.example.org/110692", identity="oai:oai:else:7")
    source = an_accession_source(Source("c/Users/ivan/secret.txt", b"words"), reader="page_text", reader_version="4")
    for state, hour in (("created", 9), ("known", 10)):
        AccessionItem.objects.create(
            accession=source.accession, source=source, document=document, state=state, part=hour,
            finished_at=datetime(2026, 1, 1, hour, tzinfo=UTC),
        )  # fmt: skip

    told = described(document)

    assert objects(told, "", "rico:isOrWasDescribedBy") == {f"{DOCUMENT}#description"}
    file = "ni:///sha-256;26Nr_6XKsPki0IejrrF5-dTnRd9AsyPhsUcUAoSMij4"
    assert objects(told, "#description", "prov:wasDerivedFrom") == {
        "https://elsewhere.example.org/110692",
        "oai:else:7",
        file,
    }
    assert objects(told, "#reading", "prov:used") == {file}
    assert objects(told, "#reading", "prov:endedAtTime") == {"2026-01-01T09:00:00Z"}
    assert objects(told, "#reader", "rdfs:label") == {"Fonds, reader page_text, version 4"}


def test_document_entered_by_hand_has_no_provenance():
    assert objects(described(a_document("110692")), "", "rico:isOrWasDescribedBy") == set()


def test_summary_is_told_with_who_made_it_how_and_from_what():
    document = without_texts()
    original = Text.objects.create(document=document, kind="original", language="ru", body="Да")
    Text.objects.create(
        document=document, order=1, kind="summary", language="en", body="Consent.", derived_from=original,
        method="human", made_by="A. Person",
    )  # fmt: skip

    told = described(document)

    assert objects(told, "", "dcterms:abstract") == {"Consent."}
    assert objects(told, "#text-2", "rico:type") == {"summary"}
    assert objects(told, "#text-2", "prov:wasDerivedFrom") == {f"{DOCUMENT}#text-1"}
    assert objects(told, "#text-2", "prov:wasAttributedTo") == {f"{DOCUMENT}#text-2-maker"}


def test_summary_that_is_read_back_is_a_text_again_and_no_second_statement():
    document = a_document("110692", summary="They agree.", summary_language="en")
    Text.objects.create(document=document, kind="summary", language="ru", body="Согласие.", made_by="A. Person")
    turtle = registry.get("turtle").render(described(document))

    [draft] = drafts_of(Source("110692.ttl", turtle))[1]

    assert [field.value for field in draft.all(Summary)] == [Summary("They agree.", "en")]
    assert [(each.value.kind, each.value.text, each.value.made_by) for each in draft.all(TextBody)][1:] == [
        ("summary", "Согласие.", "A. Person")
    ]
    assert not draft.all(Statement)
