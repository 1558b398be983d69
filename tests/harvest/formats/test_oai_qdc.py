"""oai_qdc: what an aggregator reads of a document beyond oai_dc."""

from __future__ import annotations

from lxml import etree

from archive.description import StatementDescription
from harvest.formats.oai_qdc import OaiQdc
from tests.harvest.formats.descriptions import BASE, a_contribution, a_description, a_page

NAMESPACES = {"dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/"}


def texts(path: str, **fields) -> list[str]:
    root = etree.fromstring(OaiQdc().render(a_description(**fields)))
    return [each.text for each in root.findall(path, NAMESPACES)]


def test_refinement_stands_under_its_own_name():
    spatial = StatementDescription("spatial", "Korea", "en", "http://sws.geonames.org/1873107/")

    assert texts("dcterms:created") == ["1950-07-13"]
    assert texts("dcterms:spatial", statements=(spatial,)) == ["Korea", "http://sws.geonames.org/1873107/"]


def test_element_stands_in_the_namespace_that_every_harvester_knows():
    assert texts("dc:title") == ["Telegram"]
    assert texts("dc:rights") == ["http://rightsstatements.org/vocab/CNE/1.0/"]


def test_what_refines_nothing_is_not_lost():
    assert texts("dcterms:rightsHolder", rights_holder="The state") == ["The state"]


def test_address_of_a_person_is_not_one_more_author():
    assert texts("dc:creator", contributions=(a_contribution(),)) == ["Stalin"]


def test_manifest_and_thumbnail_are_found_and_the_front_door_comes_first():
    views = {"pages": (a_page(),)}

    assert texts("dcterms:isReferencedBy", **views) == [f"{BASE}/iiif/110692/manifest"]
    assert texts("dcterms:hasFormat", **views) == [f"{BASE}/iiif/image/110692.1/full/112,150/0/default.jpg"]
    assert texts("dc:identifier", **views)[0] == f"{BASE}/documents/110692"


def test_term_that_dublin_core_does_not_have_is_left_out():
    assert b"nonsense" not in OaiQdc().render(
        a_description(statements=(StatementDescription("nonsense", "x", "", ""),))
    )
