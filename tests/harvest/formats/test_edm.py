"""edm: what Europeana reads of a document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from archive.description import DateDescription, LinkDescription, StatementDescription, SubjectDescription
from harvest.formats.edm import Edm
from harvest.formats.edm.vocabulary import NAMESPACES
from harvest.profiles import europeana
from tests.harvest.formats.descriptions import BASE, a_contribution, a_description, a_page

RESOURCE = f"{{{NAMESPACES['rdf']}}}resource"
SERVICE = f"{BASE}/iiif/image/110692.1"


def rendered(**fields):
    return etree.fromstring(Edm().render(a_description(**fields)))


def said(root, path: str) -> list[str]:
    """Words or addresses at a path."""
    return [each.get(RESOURCE) or each.text for each in root.xpath(path, namespaces=NAMESPACES)]


def test_page_image_and_preview_are_found():
    root = rendered(pages=(a_page(1), a_page(2), a_page(3)))

    assert said(root, "//edm:isShownAt") == [f"{BASE}/documents/110692.html"]
    assert said(root, "//edm:isShownBy") == [f"{SERVICE}/full/max/0/default.jpg"]
    assert said(root, "//edm:object") == [f"{SERVICE}/full/450,600/0/default.jpg"]
    assert said(root, "//edm:hasView") == [f"{BASE}/iiif/image/110692.{n}/full/max/0/default.jpg" for n in (2, 3)]


def test_every_image_leads_to_the_manifest_and_its_image_service():
    root = rendered(pages=(a_page(1), a_page(2)))

    assert said(root, "//edm:WebResource/dcterms:isReferencedBy") == [f"{BASE}/iiif/110692/manifest"] * 2
    assert said(root, "//svcs:has_service") == [SERVICE, f"{BASE}/iiif/image/110692.2"]
    assert said(root, "//svcs:Service/dcterms:conformsTo") == ["http://iiif.io/api/image"] * 2
    assert said(root, "//svcs:Service/doap:implements") == ["http://iiif.io/api/image/3/level2.json"] * 2
    assert said(root, "//edm:WebResource/edm:isNextInSequence") == [f"{SERVICE}/full/max/0/default.jpg"]


@pytest.mark.parametrize(("version", "whole"), [(3, "full/max/0"), (2, "full/full/0")])
def test_images_of_a_service_elsewhere_are_named_there(settings, version, whole):
    settings.FONDS = {
        **settings.FONDS, "IMAGE_SERVICE": "https://images.example.org/iiif/{file}",
        "IMAGE_SERVICE_VERSION": version, "IMAGE_SERVICE_LEVEL": 1,
    }  # fmt: skip

    root = rendered(pages=(replace(a_page(1), file="pages/1.tif"),))

    service = "https://images.example.org/iiif/pages%2F1.tif"
    assert said(root, "//svcs:has_service") == [service]
    assert said(root, "//svcs:Service/doap:implements") == [f"http://iiif.io/api/image/{version}/level1.json"]
    assert said(root, "//edm:isShownBy") == [f"{service}/{whole}/default.jpg"]
    assert said(root, "//edm:object") == [f"{service}/full/450,/0/default.jpg"]
    assert f"{BASE}/iiif/image/" not in etree.tostring(root, encoding="unicode")


@pytest.mark.parametrize(("version", "whole"), [(3, "full/max/0"), (2, "full/full/0")])
def test_preview_by_a_service_that_makes_no_sizes_is_the_whole_page(settings, version, whole):
    settings.FONDS = {
        **settings.FONDS, "IMAGE_SERVICE": "https://images.example.org/iiif/{page}",
        "IMAGE_SERVICE_VERSION": version, "IMAGE_SERVICE_LEVEL": 0,
    }  # fmt: skip

    root = rendered(pages=(a_page(1),))

    [service] = said(root, "//svcs:has_service")
    assert said(root, "//edm:object") == [f"{service}/{whole}/default.jpg"]


def test_typeset_page_is_not_passed_off_as_a_scan():
    root = rendered(pages=(a_page(1, kind="typeset"), a_page(2)))

    assert said(root, "//edm:WebResource/dc:description") == [
        "Set from the transcript by the archive; not a scan of the original."
    ]


def test_text_with_a_licence_of_its_own_gives_it_to_its_pages():
    licence = "http://creativecommons.org/licenses/by/4.0/"
    [text] = a_description().texts

    root = rendered(texts=(replace(text, licence_uri=licence),), pages=(a_page(1), a_page(2, text_key=None)))

    assert said(root, "//edm:WebResource/edm:rights") == [licence, "http://rightsstatements.org/vocab/CNE/1.0/"]


def test_those_who_are_named_stand_once_with_what_others_call_them():
    wikidata = LinkDescription("http://www.wikidata.org/entity/Q855", "exactMatch")
    near = LinkDescription("http://viaf.org/viaf/1", "closeMatch")
    stalin = a_contribution("sender", agent_links=(wikidata, near))

    root = rendered(contributions=(stalin, replace(stalin, role="copy recipient")))

    assert said(root, "//dc:creator | //dc:contributor") == [stalin.agent_uri] * 2
    assert said(root, "//edm:Agent/skos:prefLabel") == ["Stalin"]
    assert said(root, "//edm:Agent/owl:sameAs") == ["http://www.wikidata.org/entity/Q855"]


def test_concepts_and_places_are_led_to_and_stand_beside():
    concept = SubjectDescription(
        "about", "concept", "Korean War", "war", f"{BASE}/concepts/war", True,
        (LinkDescription("http://id.worldcat.org/fast/1", "closeMatch"),),
    )  # fmt: skip
    place = SubjectDescription("about", "place", "Beijing", "beijing", f"{BASE}/places/beijing", True, ())

    root = rendered(subjects=(concept, place), statements=())

    assert said(root, "//dc:subject") == [concept.uri]
    assert said(root, "//dcterms:spatial") == [place.uri]
    assert said(root, "//skos:Concept/skos:closeMatch") == ["http://id.worldcat.org/fast/1"]
    assert said(root, "//edm:Place/skos:prefLabel") == ["Beijing"]


def test_date_is_a_time_span():
    root = rendered(date=DateDescription("1950", "in 1950", date(1950, 1, 1), date(1950, 12, 31)))

    assert said(root, "//dcterms:created") == [f"{BASE}/documents/110692#date"]
    assert said(root, "//edm:TimeSpan/*") == ["1950", "in 1950", "1950-01-01", "1950-12-31"]


def test_open_date_is_told_in_words():
    root = rendered(date=DateDescription("1950/..", "from 1950", date(1950, 1, 1), None))

    assert said(root, "//dcterms:created") == ["1950/.."]
    assert said(root, "//edm:TimeSpan") == []


def test_address_that_is_none_is_told_in_words():
    root = rendered(statements=(StatementDescription("spatial", "Beijing", "en", "not an address"),))

    assert said(root, "//dcterms:spatial") == ["Beijing"]


def test_institution_and_aggregator_are_named(settings):
    settings.FONDS = {**settings.FONDS, "INSTITUTION": "The Example Archive", "AGGREGATOR": "Archives Portal"}

    root = rendered()

    assert said(root, "//edm:dataProvider") == ["The Example Archive"]
    assert said(root, "//edm:provider") == ["Archives Portal"]


def test_paper_without_a_text_has_the_language_it_was_written_in():
    root = rendered(texts=(), original_language="ru", pages=(a_page(text_key=None),))

    assert said(root, "//edm:ProvidedCHO/dc:language") == ["ru"]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("rights_uri", {"rights_uri": ""}),
        ("rights_uri", {"rights_uri": "https://rightsstatements.org/vocab/CNE/1.0/"}),
        ("rights_uri", {"rights_uri": "http://rightsstatements.org/vocab/UND/1.0/"}),
        ("a_language", {"texts": (), "pages": (a_page(),)}),
        ("subject", {"statements": ()}),
        ("subject", {"statements": (StatementDescription("coverage", "Asia", "", ""),)}),
        ("title", {"title": replace(a_description().title, value="[Untitled]")}),
        ("title", {"title": replace(a_description().title, value="\x01 ")}),
        ("image", {"texts": (), "original_language": "ru"}),
    ],
)
def test_there_is_no_record_of_what_europeana_would_refuse_and_the_profile_says_why(name, fields):
    description = a_description(**fields)

    assert Edm().render(description) is None
    assert name in [each.name for each in europeana.PROFILE.lacks(description)]


def test_summary_stands_in_for_a_title():
    root = rendered(
        title=replace(a_description().title, value="[Untitled]"), summary=replace(a_description().title, value="Words")
    )

    assert said(root, "//dc:title") == []
    assert said(root, "//dc:description") == ["Words"]


def test_nobody_is_named_whom_the_record_does_not_lead_to():
    written_at = SubjectDescription("written at", "place", "Moscow", "m", f"{BASE}/places/moscow", True, ())

    assert said(rendered(subjects=(written_at,)), "//edm:Place") == []
