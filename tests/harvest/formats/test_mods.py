"""mods: what an aggregator reads of a document."""

from __future__ import annotations

from lxml import etree

from archive.description import (
    CollectionDescription,
    NumberDescription,
    ReferenceDescription,
    StatementDescription,
    SubjectDescription,
)
from harvest.formats.mods import Mods
from harvest.formats.mods.elements import HREF
from tests.harvest.formats.descriptions import BASE, a_contribution, a_description, a_page


def found(path: str, **fields):
    root = etree.fromstring(Mods().render(a_description(**fields)))
    return root.findall(path.replace("/", "/m:").replace("m:m:", "m:"), {"m": "http://www.loc.gov/mods/v3"})


def texts(path: str, **fields) -> list[str]:
    return [each.text for each in found(path, **fields)]


def test_name_has_its_kind_its_part_and_how_it_is_written():
    stalin = {"contributions": (a_contribution(as_written="Filippov"),)}

    [name] = found("m:name", **stalin)
    assert (name.get("type"), name.get("usage"), name.get("valueURI")) == (
        "personal",
        "primary",
        f"{BASE}/agents/stalin",
    )
    assert texts("m:name/namePart", **stalin) == ["Stalin"]
    assert texts("m:name/displayForm", **stalin) == ["Filippov"]
    assert texts("m:name/role/roleTerm", **stalin) == ["sender", "crp"]


def test_one_name_alone_is_the_primary_one():
    names = found("m:name", contributions=(a_contribution("addressee"), a_contribution(), a_contribution("author")))

    assert [each.get("usage") for each in names] == [None, "primary", None]


def test_who_is_only_mentioned_is_a_subject():
    mentioned = {"contributions": (a_contribution("mentioned"),)}

    assert found("m:name", **mentioned) == []
    assert texts("m:subject/name/namePart", **mentioned) == ["Stalin"]


def test_address_of_the_rights_stands_alone():
    conditions = found("m:accessCondition", rights="Free for study")

    uri = "http://rightsstatements.org/vocab/CNE/1.0/"
    assert [each.text for each in conditions] == [uri, "Free for study"]
    assert conditions[0].get(HREF) == uri


def test_front_door_thumbnail_and_manifest_are_told_apart():
    urls = found("m:location/url", pages=(a_page(),))

    assert [(each.text.removeprefix(BASE), dict(each.attrib)) for each in urls] == [
        ("/documents/110692", {"usage": "primary", "access": "object in context"}),
        ("/iiif/image/110692.1/full/112,150/0/default.jpg", {"access": "preview"}),
        ("/iiif/110692/manifest", {"note": "iiif-manifest"}),
    ]


def test_contributing_institution_stands_in_every_record(settings):
    settings.FONDS = {**settings.FONDS, "INSTITUTION": "The Example Archive"}

    assert texts("m:recordInfo/recordContentSource") == ["The Example Archive"]


def test_date_by_which_to_sort_says_how_it_is_written():
    key, verbatim = found("m:originInfo/dateCreated")

    assert (key.text, key.get("encoding"), key.get("keyDate")) == ("1950-07-13", "w3cdtf", "yes")
    assert (verbatim.text, verbatim.get("encoding")) == ("July 13, 1950", None)


def test_language_has_both_of_its_codes():
    assert texts("m:language/languageTerm") == ["eng", "en"]
    [original] = found("m:language[@objectPart='original']", original_language="ru")
    assert original[0].text == "rus"


def test_archival_reference_is_a_location():
    reference = ReferenceDescription("APRF", "45", "1", "331", "", "85", "APRF, fond 45", True)

    assert texts("m:location/physicalLocation", references=(reference,)) == ["APRF"]
    assert texts("m:location/shelfLocator", references=(reference,)) == ["APRF, fond 45"]


def test_collection_is_the_host():
    [host] = found("m:relatedItem", collections=(CollectionDescription("k", f"{BASE}/collections/k", "Korea"),))

    assert host.get("type") == "host"
    assert [each.text for each in host.iter() if each.text] == ["Korea", f"{BASE}/collections/k"]


def test_number_is_told_by_its_kind_and_a_cited_one_is_not_its_own():
    numbers = (
        NumberDescription("ark", "ark:9/x"),
        NumberDescription("telegram", "3305"),
        NumberDescription("cited", "1"),
    )

    identifiers = found("m:identifier", numbers=numbers)

    assert [(each.get("type"), each.text) for each in identifiers] == [
        ("uri", f"{BASE}/documents/110692"),
        ("local", "110692"),
        ("ark", "ark:9/x"),
        ("local", "3305"),
    ]


def test_kind_of_document_is_its_genre_and_places_are_geographic():
    kind = SubjectDescription("type", "concept", "telegram", "t", f"{BASE}/concepts/t", True, ())
    place = SubjectDescription("about", "place", "Beijing", "b", f"{BASE}/places/b", True, ())

    assert texts("m:genre", subjects=(kind,)) == ["telegram"]
    assert texts("m:subject/geographic", subjects=(place,)) == ["Beijing"]
    assert texts("m:subject/topic", statements=(StatementDescription("subject", "War", "en", ""),)) == ["War"]


def test_scans_are_counted_and_typeset_pages_are_not():
    pages = (a_page(1), a_page(2), a_page(3, kind="typeset"))

    assert texts("m:physicalDescription/extent", pages=pages) == ["2 digital images"]
    assert texts("m:physicalDescription/extent", pages=pages[2:]) == []
