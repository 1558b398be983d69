"""Every source in fixtures/sources is rendered as its twin in fixtures/expected/<metadataPrefix> says.

The twins are indented for people, and held against the schema too, so that a wrong one cannot hide.
"""

from __future__ import annotations

import pytest
from lxml import etree

from harvest.formats import FORMATS
from tests.goldens import assert_every_twin_has_a_source, assert_is_twin, described, each_source, twin

each_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.format)


def indented(xml: bytes) -> str:
    root = etree.fromstring(xml)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


@pytest.mark.django_db
@each_format
@each_source
def test_source_is_rendered_as_expected(form, path):
    assert_is_twin(indented(form.render(described(path))), twin(form.format, path, "xml"))


@each_format
@each_source
def test_twin_keeps_the_schema(schema, form, path):
    schema.assertValid(etree.parse(twin(form.format, path, "xml")))


@each_format
def test_every_twin_has_a_source(form):
    assert_every_twin_has_a_source(form.format)
