"""The Dublin Core statements of a document."""

from __future__ import annotations

import pytest

from archive.description import describe
from archive.dublin_core import Statement, statements
from archive.models import Agent, Contribution, DocumentNumber, Text
from archive.vocab.dcmi import ELEMENTS, TERMS
from tests.builders import a_document, a_sender

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def said(document, term: str) -> list[str]:
    (description,) = describe([document.pk])
    return [statement.value for statement in statements(description) if statement.term == term]


def test_sender_is_the_creator_and_the_addressee_a_contributor():
    document = a_document()
    a_sender(document)
    Contribution.objects.create(document=document, agent=Agent.objects.create(name="Mao Zedong"), role="addressee")

    assert said(document, "creator") == ["Stalin"]
    assert said(document, "contributor") == ["Mao Zedong"]


def test_first_identifier_is_the_address_of_the_page():
    document = a_document()
    DocumentNumber.objects.create(document=document, kind="telegram", value="3305")
    DocumentNumber.objects.create(document=document, kind="cited", value="2406")

    assert said(document, "identifier") == ["https://archive.example.org/documents/110692", "110692", "3305"]


def test_language_is_that_of_the_texts_held():
    document = a_document(original_language="ru", language="en")
    Text.objects.create(document=document, kind="translation", language="en", body="Another")

    assert said(document, "language") == ["en"]


def test_address_of_a_rights_statement_stands_alone():
    document = a_document(rights="Ask first.", rights_uri="http://rightsstatements.org/vocab/InC/1.0/")

    assert said(document, "rights") == ["http://rightsstatements.org/vocab/InC/1.0/", "Ask first."]


def test_curators_statements_come_last_and_in_their_order():
    document = a_document(statements=[{"term": "subject", "value": "Korea"}, {"term": "spatial", "value": "Beijing"}])

    (description,) = describe([document.pk])
    assert statements(description)[-2:] == (Statement("subject", "Korea"), Statement("spatial", "Beijing"))


def test_every_term_is_one_of_the_fifteen_or_refines_one_or_says_so():
    assert len(ELEMENTS) == 15
    without = {term for term in TERMS if not Statement(term, "").element}
    assert without == {
        "accrualMethod", "accrualPeriodicity", "accrualPolicy", "audience", "educationLevel", "instructionalMethod",
        "mediator", "provenance", "rightsHolder",
    }  # fmt: skip


def test_author_is_a_creator_and_who_is_mentioned_a_subject():
    document = a_document()
    for name, role in (("Shtykov", "author"), ("Kim Il Sung", "mentioned"), ("A. Person", "contributor")):
        Contribution.objects.create(document=document, agent=Agent.objects.create(name=name), role=role)

    assert said(document, "creator") == ["Shtykov"]
    assert said(document, "subject") == ["Kim Il Sung"]
    assert said(document, "contributor") == ["A. Person"]


def test_summary_in_another_language_is_an_abstract_and_no_text():
    document = a_document(summary="They agree.", summary_language="en", language="ru")
    Text.objects.create(document=document, kind="summary", language="zh", body="双方同意。", made_by="A. Translator")

    (description,) = describe([document.pk])

    assert [(each.value, each.language) for each in statements(description) if each.term == "abstract"] == [
        ("They agree.", "en"),
        ("双方同意。", "zh"),
    ]
    assert said(document, "language") == ["ru"]
