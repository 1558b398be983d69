"""Whatever stands in a description: its record keeps the schema of its format, or there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from lxml import etree

from archive.description import StatementDescription
from archive.lod.serialisations import rdfxml
from archive.vocab.characters import ILLEGAL
from archive.vocab.dcmi import TERMS
from harvest.formats import BY_PREFIX, FORMATS
from harvest.profiles import europeana
from tests.harvest import schemas
from tests.harvest.formats.descriptions import a_description, a_page, descriptions

each_prefix = pytest.mark.parametrize("prefix", [form.format for form in FORMATS])
#: Formats that have nothing to say of some documents.
SILENT = ("edm", "mets", "tei")


def assert_valid(prefix: str, description) -> None:
    record = BY_PREFIX[prefix].render(description)
    if record is None:
        assert prefix in SILENT
        return
    schemas.of_record(prefix).assertValid(etree.fromstring(record))
    if prefix == "edm":
        assert schemas.schematron_complaints(record) == []


@each_prefix
@given(description=descriptions)
@hypothesis_settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_record_keeps_its_schema(prefix, description):
    assert_valid(prefix, description)


@given(description=descriptions)
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_record_that_europeana_takes_keeps_its_schematron(description):
    """Few descriptions made by chance have all that Europeana wants: here each is given what it lacks."""
    given_to_it = a_description()
    fields = {name: getattr(given_to_it, name) for name in ("texts", "rights_uri", "title", "statements")}
    fields["statements"] += description.statements

    assert europeana.PROFILE.takes(replace(description, **fields))
    assert_valid("edm", replace(description, **fields))


@each_prefix
def test_record_with_a_thousand_statements_and_pages_keeps_its_schema(prefix):
    terms = sorted(TERMS)
    statements = tuple(
        StatementDescription(terms[n % len(terms)], f"Value {n}\x01", "en", f"http://vocab.example.org/{n}")
        for n in range(1000)
    )
    pages = tuple(map(a_page, range(1, 301)))

    assert_valid(prefix, a_description(statements=statements, pages=pages))


@each_prefix
@given(description=descriptions)
@hypothesis_settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_same_description_gives_the_same_bytes(prefix, description):
    assert BY_PREFIX[prefix].render(description) == BY_PREFIX[prefix].render(description)


@each_prefix
def test_record_has_no_prolog_and_names_the_schema_of_its_namespace(prefix):
    form = BY_PREFIX[prefix]

    record = form.render(a_description(pages=(a_page(),)))

    root = etree.fromstring(record)
    assert not record.startswith(b"<?")
    location = root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")
    assert location.split() == [etree.QName(root).namespace, form.schema]


@given(description=descriptions)
@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_record_of_every_format_can_stand_in_an_answer(description):
    """Nothing that XML cannot carry leaves by any of them, and none closes what it did not open."""
    records = [form.render(description) for form in FORMATS] + [rdfxml(description)]

    for record in filter(None, records):
        answer = etree.fromstring(b'<OAI-PMH xmlns="urn:oai"><metadata>' + record + b"</metadata></OAI-PMH>")
        assert [len(each) for each in answer] == [1]
        assert etree.QName(answer[0][0]).namespace != "urn:oai"
        assert ILLEGAL.search("".join(answer.itertext())) is None
