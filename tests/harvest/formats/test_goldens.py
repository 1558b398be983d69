"""Every source in fixtures/sources is rendered as its twin in fixtures/expected/<metadataPrefix> says.

The twins are indented for people, and held against the schema too, so that a wrong one cannot hide.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree

from archive.accession.units import enter_tree
from archive.description import Description, SubjectDescription
from archive.description.units import UnitRecord, describe_units
from archive.models import ArchivalUnit
from archive.readers import drafts_of
from harvest.formats import FORMATS, OF_UNITS
from tests.builders import a_published_document
from tests.goldens import EXPECTED, assert_every_twin_has_a_source, assert_is_twin, described, each_source, twin
from tests.harvest import schemas
from tests.sources import SOURCES, source

MADE = datetime(2026, 1, 2, tzinfo=UTC)
each_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.format)


def indented(xml: bytes) -> str:
    root = etree.fromstring(xml)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def completed(description: Description) -> Description:
    """What an archivist adds before Europeana takes a document: the sources say nothing of its kind and its rights."""
    kind = SubjectDescription(
        "type", "concept", "telegram", "telegram", "https://archive.example.org/concepts/telegram", True, ()
    )
    rights = "http://rightsstatements.org/vocab/CNE/1.0/"
    return replace(description, rights_uri=rights, subjects=(*description.subjects, kind))


@pytest.mark.any_engine
@pytest.mark.django_db
@each_format
@each_source
def test_source_is_rendered_as_expected(form, path):
    description = described(path)
    if form.format == "edm":
        assert form.render(description) is None
        description = completed(description)

    assert_is_twin(indented(form.render(description)), twin(form.format, path, "xml"))


@each_format
@each_source
def test_twin_keeps_the_schema(form, path):
    schemas.of_record(form.format).assertValid(etree.parse(twin(form.format, path, "xml")))


@each_source
def test_europeana_has_nothing_to_say_against_a_twin(path):
    assert schemas.schematron_complaints(twin("edm", path, "xml").read_bytes()) == []


@each_format
def test_every_twin_has_a_source(form):
    assert_every_twin_has_a_source(form.format)


FINDING_AID = SOURCES / "ead3" / "stalin-fond.xml"
each_format_of_units = pytest.mark.parametrize("form", OF_UNITS, ids=lambda form: form.format)


def unit_described() -> UnitRecord:
    """The fond of the finding aid; a public document is kept in it, in the archive above, and in each unit below."""
    entries = enter_tree(list(drafts_of(source(FINDING_AID))[1]))
    for number, entry in enumerate(entries, start=1):
        ArchivalUnit.objects.filter(pk=entry.unit.pk).update(identifier=f"unit-{number}", created_at=MADE)
        document = a_published_document(f"d{number}", title=f"Telegram {number}", date="1950-07-13")
        document.references.create(unit=entry.unit, verbatim=f"APRF, fond 45, list {number}")
    [fond] = describe_units([entries[1].unit.pk])
    return fond


@pytest.mark.any_engine
@pytest.mark.django_db
@each_format_of_units
def test_finding_aid_is_rendered_as_expected(form):
    assert_is_twin(indented(form.render(unit_described())), twin(form.format, FINDING_AID, "xml"))


@each_format_of_units
def test_twin_of_a_finding_aid_keeps_the_schema(form):
    assert {path.name for path in (EXPECTED / form.format).glob("*")} == {FINDING_AID.name}
    schemas.of_record(form.format).assertValid(etree.parse(twin(form.format, FINDING_AID, "xml")))
