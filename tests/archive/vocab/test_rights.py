"""Rights statements and terms are those that their publishers have published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.vocab.dcmi import TERMS
from archive.vocab.dublin_core import label_of
from archive.vocab.rights import STATEMENTS, choices, problem_of

SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "schemas"
RIGHTS, DCTERMS = SCHEMAS / "rightsstatements", SCHEMAS / "vocab" / "dcterms.nq"


@pytest.mark.skipif(not RIGHTS.exists(), reason="the rights statements (../shared/schemas) are not here")
def test_statements_are_those_of_rightsstatements_org():
    published = {path.name.removesuffix("_en.json") for path in RIGHTS.glob("*_en.json")}

    assert {code for code in published if not code.startswith("collection-")} == set(STATEMENTS)


@pytest.mark.skipif(not DCTERMS.exists(), reason="the vocabularies (../shared/schemas/vocab) are not here")
def test_terms_have_the_names_that_dcmi_gives_them():
    labels = dict(re.findall(r'<http://purl.org/dc/terms/(\w+)> <[^>]*#label> "([^"]+)"', DCTERMS.read_text()))

    assert {term: label_of(term) for term in TERMS} == {term: labels[term] for term in TERMS}


def test_every_choice_is_right_as_it_is_offered():
    assert [problem_of(address) for _, group in choices() for address, _ in group] == [""] * 20
