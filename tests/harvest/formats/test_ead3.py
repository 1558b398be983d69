"""ead3: what a portal of archives finds of a unit, and that our own reader finds the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from archive.description import StatementDescription, UnitDescription
from archive.description.units import HeldDocument, HeldUnit, UnitRecord
from archive.drafts import DocumentDate, Statement, Summary, Title
from archive.models.unit import UnitLevel
from archive.readers import drafts_of
from archive.readers.source import Source
from archive.vocab.dcmi import TERMS
from harvest.formats.ead3 import Ead3
from tests.harvest import schemas
from tests.harvest.formats.descriptions import BASE, languages, own, texts, uris

NAMES = {"e": "http://ead3.archivists.org/schema/"}
levels = st.sampled_from(UnitLevel.values)
units = st.builds(
    UnitRecord,
    key=st.just(1),
    identifier=st.just("u1"),
    uri=own,
    level=levels,
    code=texts,
    title=texts,
    dates=texts,
    date=st.one_of(texts, st.sampled_from(["1950", "1950-07", "1950-07-13", "1949/1953", "195X", "../1953", "1950?"])),
    extent=texts,
    description=texts,
    statements=st.lists(
        st.builds(StatementDescription, st.sampled_from(sorted(TERMS)), texts, languages, uris), max_size=6
    ).map(tuple),
    created_on=st.just(date(2026, 1, 2)),
    above=st.lists(st.builds(UnitDescription, st.just("u0"), own, levels, texts, texts), max_size=3).map(tuple),
    units=st.lists(st.builds(HeldUnit, st.just("u2"), own, levels, texts, texts, texts), max_size=2).map(tuple),
    documents=st.lists(
        st.builds(HeldDocument, st.just("1"), own, texts, languages, texts, texts, texts, st.booleans()), max_size=2
    ).map(tuple),
    sets=st.just(()),
)


def a_unit(**fields) -> UnitRecord:
    """Fond 45 of an archive, with an opis and a document in it."""
    return UnitRecord(
        **{
            "key": 1, "identifier": "u1", "uri": f"{BASE}/units/u1", "level": "fond", "code": "45",
            "title": "Papers of Stalin", "dates": "1917–1953", "date": "1917/1953", "extent": "1705 files",
            "description": "Telegrams.\n\nAnd letters.", "statements": (), "created_on": date(2026, 1, 2),
            "above": (UnitDescription("u0", f"{BASE}/units/u0", "repository", "APRF", "Archive of the President"),),
            "units": (HeldUnit("u2", f"{BASE}/units/u2", "opis", "1", "Letters", "1949"),),
            "documents": (
                HeldDocument("7", f"{BASE}/documents/7", "Telegram", "en", "1950", "1950", "f. 45, l. 3", True),
            ),
            "sets": (),
            **fields,
        }
    )  # fmt: skip


def found(path: str, **fields):
    return etree.fromstring(Ead3().render(a_unit(**fields))).xpath(path, namespaces=NAMES)


def read_back(unit: UnitRecord):
    _, drafts = drafts_of(Source("fond.xml", Ead3().render(unit)))
    return list(drafts)


@given(unit=units)
@hypothesis_settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_record_of_any_unit_keeps_its_schema(unit):
    record = Ead3().render(unit)

    root = etree.fromstring(record)
    if not schemas.FILES["ead3"][1].exists():
        pytest.skip(f"the schema of EAD3 is not at {schemas.FILES['ead3'][1]}")
    schemas.of_record("ead3").assertValid(root)


def test_unit_is_cited_by_its_code_and_by_the_way_to_it():
    assert found("//e:archdesc/e:did/e:unitid/text()") == ["45", "APRF, fond 45"]
    assert found("//e:archdesc/@level") == ["fonds"]
    assert found("//e:repository/e:corpname/e:part/text()") == ["Archive of the President"]


@pytest.mark.parametrize(("level", "told"), [("opis", "series"), ("delo", "file"), ("papka", "otherlevel")])
def test_levels_are_told_in_the_words_of_ead(level, told):
    assert found("//e:archdesc/@level", level=level) == [told]


def test_date_is_given_to_programs_only_in_a_form_that_they_take():
    assert found("//e:archdesc/e:did/e:unitdate/@normal") == ["1917/1953"]
    assert found("//e:archdesc/e:did/e:unitdate/@normal", date="195X") == []


def test_units_and_documents_below_are_components_with_their_addresses():
    assert found("//e:dsc/e:c/@level") == ["series", "item"]
    assert found("//e:dsc/e:c/e:did/e:unitid/@identifier") == ["units/u2", "7"]
    assert found("//e:dsc/e:c/e:did/e:dao/@href") == [f"{BASE}/documents/7.html"]


def test_way_up_leads_to_the_units_above():
    assert found("//e:relation/@href") == [f"{BASE}/units/u0"]
    assert found("//e:relation/@arcrole") == ["isPartOf"]


def test_unit_without_code_title_or_anything_else_still_has_a_title():
    [title] = found("//e:archdesc/e:did/e:unittitle/text()", code="", title="", dates="", date="", above=())

    assert title == "fond"


def test_our_reader_finds_what_was_said():
    said = (
        StatementDescription("creator", "Stalin, I. V.", "", ""),
        StatementDescription("accessRights", "Open", "", ""),
        StatementDescription("provenance", "From the Kremlin", "", ""),
        StatementDescription("spatial", "Korea", "", ""),
    )

    _, fond, *_ = read_back(a_unit(statements=said))

    values = [field.value for field in fond.fields]
    assert next(each.text for each in values if isinstance(each, Title)) == "Papers of Stalin"
    assert next(each.edtf for each in values if isinstance(each, DocumentDate)) == "1917/1953"
    assert next(each.text for each in values if isinstance(each, Summary)) == "Telegrams.\n\nAnd letters."
    statements = {(each.term, each.text) for each in values if isinstance(each, Statement)}
    assert {(each.term, each.value) for each in said} <= statements
    assert ("extent", "1705 files") in statements
