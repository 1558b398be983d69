"""Dublin Core statements in the form of a document: rows that are added, put in order, removed, and refused."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from tests.archive.admin.browser import filled_in
from tests.builders import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

KOREA = {"term": "subject", "value": "Korean War", "language": "en"}
PLACE = {"term": "spatial", "value": "Beijing", "uri": "http://example.org/beijing"}


def address_of(document) -> str:
    return reverse("admin:archive_document_change", args=[document.pk])


def rows(*statements: dict[str, str]) -> dict[str, str]:
    """What a browser sends for rows of inputs."""
    return {f"statements-{n}-{part}": words for n, each in enumerate(statements) for part, words in each.items()}


def posted(archivist, worked_off, document, *statements, **changes):
    data = filled_in(archivist, address_of(document))
    data.pop("statements", None)
    return worked_off(archivist, address_of(document), {**data, **rows(*statements), **changes})


def test_rows_become_statements_in_the_order_of_their_places(archivist, worked_off):
    document = a_document()

    posted(archivist, worked_off, document, {**KOREA, "place": "2"}, {**PLACE, "place": "1"}, {"term": "", "value": ""})

    document.refresh_from_db()
    assert document.statements == [PLACE, KOREA]


def test_ticked_row_is_removed(archivist, worked_off):
    document = a_document(statements=[KOREA, PLACE])

    posted(archivist, worked_off, document, {**KOREA, "remove": "on"}, PLACE)

    document.refresh_from_db()
    assert document.statements == [PLACE]


def test_address_alone_is_a_statement(archivist, worked_off):
    document = a_document()

    posted(archivist, worked_off, document, {"term": "relation", "uri": "http://vocab.example.org/诏书"})

    document.refresh_from_db()
    assert document.statements == [{"term": "relation", "uri": "http://vocab.example.org/诏书"}]


def test_statements_that_nobody_touched_stay_as_they_are_stored(archivist, worked_off):
    stored = [{"term": "subject", "value": "War\r\nand peace", "language": "", "uri": ""}]
    document = a_document(statements=stored)

    sent = {"term": "subject", "value": "War\r\nand peace", "language": "", "uri": "", "place": "1"}
    posted(archivist, worked_off, document, sent, title="Another title")

    document.refresh_from_db()
    assert (document.title, document.statements) == ("Another title", stored)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ({"term": "topic", "value": "War"}, "“topic” is not a term of Dublin Core"),
        ({"term": "", "value": "War"}, "it has no term"),
        ({"term": "subject", "language": "en"}, "it has no value"),
        ({"term": "subject", "value": "War", "language": "in English"}, "is not a language tag"),
        ({"term": "subject", "value": "War", "uri": "not an address"}, "“not an address” is not a URI"),
        ({"term": "subject", "value": "War", "uri": "http://"}, "is not a URI"),
        ({"term": "subject", "value": "Korea\x03"}, "U+0003"),
        ({"term": "subject", "value": "War", "uri": "javascript alert"}, "is not a URI"),
    ],
)
def test_broken_rule_is_told_beside_its_row_and_nothing_is_saved(archivist, worked_off, statement, message):
    document = a_document()

    response = posted(archivist, worked_off, document, KOREA, statement, title="Another title")

    first, second = unescape(response.content.decode()).split('<li class="fonds-statement')[1:3]
    assert ("errorlist" in first, message in second) == (False, True)
    document.refresh_from_db()
    assert (document.title == "Another title", document.statements) == (False, [])


def test_form_offers_every_term_and_blank_rows_to_who_has_no_script(archivist):
    page = archivist.get(address_of(a_document(statements=[KOREA]))).content.decode()

    assert '<option value="rightsHolder">Rights Holder</option>' in page
    assert '<option value="subject" selected>Subject</option>' in page
    assert 'name="statements-3-term"' in page


def test_what_is_no_list_of_statements_is_shown_as_it_stands(archivist):
    page = archivist.get(address_of(a_document(statements={"term": "subject"}))).content.decode()

    assert "This is no list of statements" in page


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://rightsstatements.org/vocab/XYZ/1.0/", "There is no such statement"),
        ("https://rightsstatements.org/page/InC/1.0/?language=en", "http://rightsstatements.org/vocab/InC/1.0/"),
        ("https://creativecommons.org/licenses/by/4.0/deed.en", "http://creativecommons.org/licenses/by/4.0/"),
        ("http://creativecommons.org/licenses/by-all/4.0/", "There is no such licence"),
    ],
)
def test_rights_statement_that_does_not_exist_is_refused(archivist, worked_off, address, message):
    document = a_document()

    response = posted(archivist, worked_off, document, rights_uri=address)

    assert message in response.context["adminform"].form.errors["rights_uri"][0]


@pytest.mark.parametrize(
    "address",
    [
        "http://rightsstatements.org/vocab/CNE/1.0/",
        "http://creativecommons.org/licenses/by-sa/3.0/de/",
        "https://archive.example.org/rights",
    ],
)
def test_rights_statement_that_exists_is_saved(archivist, worked_off, address):
    document = a_document()

    posted(archivist, worked_off, document, rights_uri=address)

    document.refresh_from_db()
    assert document.rights_uri == address
