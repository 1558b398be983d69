"""The pages of a document in linked data: as many as there can be, and their files, each looked for once."""

from __future__ import annotations

import base64

import pytest

from archive.drafts import Draft, Page
from archive.readers import Source, drafts_of
from tests.archive.readers.rdf.test_rdf import ONE, a_record

DERIVED = "<http://www.w3.org/ns/prov#wasDerivedFrom>"
WIDTH = "<https://www.ica.org/standards/RiC/ontology#width>"
#: SHA-256, in hexadecimal and as its name (RFC 6920).
PDF = "ab" * 32
NAMED = f"<ni:///sha-256;{base64.urlsafe_b64encode(bytes.fromhex(PDF)).decode().rstrip('=')}>"


class Beside:
    """One PDF that came along; it remembers how often it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, name: str, *, beside: str) -> Source | None:
        return None

    def with_checksum(self, sha256: str, *, beside: str) -> Source | None:
        self.asked.append(sha256)
        return Source("volume.pdf", b"%PDF") if sha256 == PDF else None


def read(*statements: str, neighbours: Beside | None = None) -> Draft:
    source = Source("dump.nt", a_record(ONE, "A volume", *statements).encode(), neighbours=neighbours)
    (draft,) = drafts_of(source)[1]
    assert isinstance(draft, Draft)
    return draft


def pages(draft: Draft) -> list[Page]:
    return [each.value for each in draft.all(Page)]


def test_file_of_many_pages_is_looked_for_once():
    beside = Beside()

    draft = read(*(f"<{ONE}#page-{number}> {DERIVED} {NAMED} ." for number in (1, 2, 4)), neighbours=beside)

    assert [each.file for each in pages(draft)] == ["volume.pdf", "volume.pdf", "", "volume.pdf"]
    assert beside.asked == [PDF]


def test_pages_whose_files_lack_keep_their_numbers_and_are_told():
    draft = read(*(f"<{ONE}#page-{number}> {DERIVED} {NAMED} ." for number in (2, 3)))

    assert [each.file for each in pages(draft)] == ["", "", ""]
    assert [each.message.partition(".")[0] for each in draft.notices] == ["2 page images did not come along"]


@pytest.mark.parametrize("number", ["0", "9" * 5000])
def test_number_that_no_page_has_is_none(number):
    assert pages(read(f'<{ONE}#page-{number}> {WIDTH} "800" .')) == []


def test_single_high_number_makes_no_thousands_of_pages():
    draft = read(f'<{ONE}#page-1> {WIDTH} "800" .', f'<{ONE}#page-10000> {WIDTH} "800" .')

    assert [each.width for each in pages(draft)] == [800]
    assert [each.message.partition(":")[0] for each in draft.notices] == ["1 pages are left out"]
