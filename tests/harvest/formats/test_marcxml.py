"""marcxml: what a library catalogue reads of a document."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from archive.description import (
    CollectionDescription,
    DateDescription,
    ReferenceDescription,
    StatementDescription,
    TextDescription,
)
from harvest.formats.marcxml import MARC, MarcXml
from tests.harvest.formats.descriptions import BASE, a_contribution, a_description, a_page


def record(**fields):
    return etree.fromstring(MarcXml().render(a_description(**fields)))


def control(tag: str, **fields) -> str:
    return record(**fields).findtext(f"{{{MARC}}}controlfield[@tag='{tag}']")


def fields_of(tag: str, **fields) -> list[str]:
    """Indicators and subfields of each field, as cataloguers write them."""
    return [
        f"{each.get('ind1')}{each.get('ind2')}".replace(" ", "_")
        + "".join(f" ${subfield.get('code')} {subfield.text}" for subfield in each)
        for each in record(**fields).findall(f"{{{MARC}}}datafield[@tag='{tag}']")
    ]


def test_leader_says_manuscript_under_archival_control():
    leader = record().findtext(f"{{{MARC}}}leader")

    assert len(leader) == 24
    assert (leader[6], leader[8], leader[9]) == ("t", "a", "a")


@pytest.mark.parametrize(
    ("earliest", "latest", "coded"),
    [
        (date(1950, 7, 13), date(1950, 7, 13), "e19500713"),
        (date(1950, 7, 1), date(1950, 7, 31), "s1950    "),
        (date(1950, 1, 1), date(1951, 12, 31), "q19501951"),
        (date(1950, 1, 1), None, "q1950uuuu"),
        (None, None, "nuuuuuuuu"),
    ],
)
def test_fixed_data_has_forty_places_with_date_and_language(earliest, latest, coded):
    fixed = control("008", date=DateDescription("x", "", earliest, latest))

    assert len(fixed) == 40
    assert (fixed[:6], fixed[6:15], fixed[23], fixed[35:38]) == (" " * 6, coded, "o", "eng")


def test_several_languages_are_many():
    texts = tuple(TextDescription(n, "transcript", "transcript", tag, "x") for n, tag in enumerate(("en", "ru")))

    assert control("008", texts=texts)[35:38] == "mul"
    assert fields_of("041", texts=texts) == ["0_ $a eng $a rus"]


def test_translation_names_the_language_of_its_original():
    texts = (TextDescription(1, "translation", "translation", "en", "x"),)

    assert fields_of("041", texts=texts, original_language="ru") == ["1_ $a eng $h rus"]
    assert fields_of("546", texts=texts, original_language="ru") == [
        "__ $a Translation in English; original language Russian."
    ]


def test_who_made_it_is_the_main_entry_and_others_are_added():
    people = {
        "contributions": (
            a_contribution("addressee", name="Soviet embassy", kind="corporate_body"),
            a_contribution("sender", name="Stalin, Joseph"),
            a_contribution("translator", name="Ivanov", kind="unknown"),
            a_contribution("copy recipient", name="The Ivanovs", kind="family"),
        )
    }

    assert fields_of("100", **people) == [f"1_ $a Stalin, Joseph $e sender $4 crp $1 {BASE}/agents/stalin,-joseph"]
    assert fields_of("710", **people) == [f"2_ $a Soviet embassy $e addressee $4 rcp $1 {BASE}/agents/soviet-embassy"]
    assert fields_of("700", **people) == [f"3_ $a The Ivanovs $e copy recipient $4 rcp $1 {BASE}/agents/the-ivanovs"]
    assert fields_of("720", **people) == ["__ $a Ivanov $e translator $4 trl"]
    assert fields_of("245", **people) == ["10 $a Telegram"]


def test_title_is_the_entry_where_nobody_can_be():
    assert fields_of("245", contributions=(a_contribution(kind="unknown"),)) == ["00 $a Telegram"]


def test_date_is_coded_and_told_as_the_source_writes_it():
    assert fields_of("046") == ["__ $k 1950-07-13 $2 edtf"]
    assert fields_of("264") == ["_0 $c July 13, 1950"]


def test_address_of_the_rights_stands_alone():
    assert fields_of("540", rights="Free for study") == [
        "__ $u http://rightsstatements.org/vocab/CNE/1.0/",
        "__ $a Free for study",
    ]


def test_page_manifest_and_thumbnail_are_addresses():
    assert fields_of("856", pages=(a_page(),)) == [
        f"40 $u {BASE}/documents/110692",
        f"42 $3 IIIF manifest $u {BASE}/iiif/110692/manifest",
        f"42 $3 Thumbnail $u {BASE}/iiif/image/110692.1/full/112,150/0/default.jpg",
    ]


def test_place_in_an_archive_is_the_location():
    reference = ReferenceDescription("APRF", "45", "", "", "", "", "APRF, fond 45", True)

    assert fields_of("852", references=(reference,)) == ["__ $a APRF $j APRF, fond 45"]


def test_collection_is_the_host():
    korea = CollectionDescription("korea", f"{BASE}/collections/korea", "Korea")

    assert fields_of("773", collections=(korea,)) == [f"0_ $t Korea $o {BASE}/collections/korea"]


def test_subjects_stand_by_what_they_are():
    statements = (
        StatementDescription("subject", "War", "en", "http://id.worldcat.org/fast/1"),
        StatementDescription("spatial", "Korea", "en", ""),
    )
    mentioned = {"contributions": (a_contribution("mentioned"),), "statements": statements}

    assert fields_of("600", **mentioned) == [f"04 $a Stalin $1 {BASE}/agents/stalin"]
    assert fields_of("650", **mentioned) == ["_4 $a War $0 http://id.worldcat.org/fast/1"]
    assert fields_of("651", **mentioned) == ["_4 $a Korea"]


def test_words_stand_on_one_line_and_empty_fields_are_left_out():
    assert fields_of("540", rights_uri="", rights=" Free\n\nfor\tstudy\x01 ") == ["__ $a Free for study"]
    assert fields_of("046", date=DateDescription("", "", None, None)) == []


def test_tags_ascend():
    tags = [each.get("tag") for each in record(contributions=(a_contribution(),), pages=(a_page(),)) if each.get("tag")]

    assert tags == sorted(tags)


def test_code_of_the_institution_stands_where_it_has_one(settings):
    settings.FONDS = {**settings.FONDS, "MARC_ORGANIZATION": "XX-ExA"}

    assert control("003") == "XX-ExA"
    assert fields_of("040") == ["__ $a XX-ExA $c XX-ExA"]
