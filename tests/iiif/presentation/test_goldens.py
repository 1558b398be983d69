"""Every source in fixtures/sources is shown to viewers as its twin in fixtures/expected/manifest says."""

from __future__ import annotations

import json

import pytest

from iiif.presentation.manifest import manifest_of
from tests.goldens import assert_every_twin_has_a_source, assert_is_twin, described, each_source, twin
from tests.iiif.builders import assert_valid


@pytest.mark.any_engine
@pytest.mark.django_db
@each_source
def test_source_is_shown_as_expected(path):
    manifest = json.loads(manifest_of(described(path)))

    assert_is_twin(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", twin("manifest", path, "json"))


@each_source
def test_twin_keeps_the_schema(path):
    assert_valid(json.loads(twin("manifest", path, "json").read_text(encoding="utf-8")))


def test_every_twin_has_a_source():
    assert_every_twin_has_a_source("manifest")
