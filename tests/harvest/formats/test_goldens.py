"""Every source in fixtures/sources is rendered as its twin in fixtures/expected/<metadataPrefix> says.

The twins are indented for people, and held against the schema too, so that a wrong one cannot hide.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from archive.description import Description, SubjectDescription
from harvest.formats import FORMATS
from tests.goldens import assert_every_twin_has_a_source, assert_is_twin, described, each_source, twin
from tests.harvest import schemas

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
