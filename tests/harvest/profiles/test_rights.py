"""Europeana's list of rights statements, held against the patterns of its own schema."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from archive.vocab.rights import STATEMENTS
from harvest.profiles.rights import EUROPEANA_RIGHTS_URI
from tests.harvest.schemas import EDM

KINDS = ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd", "by-nd-nc", "nc", "sa")
VERSIONS = ("1.0", "2.0", "2.1", "2.5", "3.0", "4.0", "5.0")
PORTS = "fi il nl au at be br ca cl hr uk fr de it jp pl kr es tw ar bg cn co dk hu in mk my mt mx pe pt scotland si za se ch cr cz ec eg ee gr gt hk igo ie lu nz no ph pr ro rs sg th ug us ve vn ru".split()  # fmt: skip  # noqa: E501, SIM905


def candidates():
    for kind in KINDS:
        for version in VERSIONS:
            for port in ("", *(f"{each}/" for each in PORTS)):
                yield f"http://creativecommons.org/licenses/{kind}/{version}/{port}"
    for code in STATEMENTS:
        yield f"http://rightsstatements.org/vocab/{code}/1.0/"
        yield f"http://rightsstatements.org/page/{code}/1.0/"
    for tool in ("zero", "mark"):
        yield f"http://creativecommons.org/publicdomain/{tool}/1.0/"
        yield f"https://creativecommons.org/publicdomain/{tool}/1.0/"


def test_list_is_that_of_the_schema():
    if not EDM.exists():
        pytest.skip(f"the schema of EDM is not at {EDM}")
    schema = etree.parse(EDM / "EDM-EXTERNAL-MAIN.xsd")
    patterns = [re.compile(each) for each in schema.xpath("//*[local-name()='pattern']/@value")]
    assert patterns

    taken = {uri for uri in candidates() if EUROPEANA_RIGHTS_URI.fullmatch(uri)}

    assert taken == {uri for uri in candidates() if any(each.search(uri) for each in patterns)}
