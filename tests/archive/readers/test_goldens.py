"""Every source in fixtures/sources reads as its twin in fixtures/expected/draft says."""

import dataclasses
import json

import pytest

from archive.drafts import RefusedPart, fields_as_data
from archive.readers import READERS, Source, drafts_of
from tests.archive.readers.seeds import FIXTURES
from tests.goldens import assert_is_twin, twin

FORMATS = {reader.name for reader in READERS}
SOURCES = sorted(path for path in FIXTURES.glob("sources/*/*") if path.parent.name in FORMATS)


def as_data(path):
    reader, drafts = drafts_of(Source(path.name, path.read_bytes()))
    return {
        "reader": reader.name,
        "drafts": [part_as_data(each) for each in drafts],
    }


def part_as_data(draft):
    if isinstance(draft, RefusedPart):
        return dataclasses.asdict(draft)
    return {
        "identity": str(draft.identity),
        "fields": list(fields_as_data(draft.fields)),
        "segments": [[s.role.value, s.span.start, s.span.end] for s in getattr(draft, "segments", ())],
        "notices": [notice.message for notice in draft.notices],
    }


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_source_reads_as_expected(path):
    assert_is_twin(json.dumps(as_data(path), indent=1, ensure_ascii=False) + "\n", twin("draft", path, "json"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_source_is_read_by_the_reader_its_folder_names(path):
    assert as_data(path)["reader"] == path.parent.name


def test_there_are_sources_for_every_reader():
    assert {path.parent.name for path in SOURCES} == FORMATS
