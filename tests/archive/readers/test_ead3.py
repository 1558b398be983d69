"""Finding aids in EAD3."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from archive.drafts import DocumentDate, Statement, UnitDraft
from archive.readers import BrokenSource, HostileSource, Source, UnknownSource, drafts_of
from tests.sources import SOURCES

CORPUS = Path(settings.BASE_DIR).parent / "shared" / "corpora" / "ead3"
FOND = SOURCES / "ead3" / "stalin-fond.xml"
NAMESPACE = "http://ead3.archivists.org/schema/"


def finding_aid(components: str = "", *, did: str = "", after: str = "", record: str = "r1") -> Source:
    """A finding aid of one collection."""
    return Source(
        "aid.xml",
        f'<ead xmlns="{NAMESPACE}"><control><recordid>{record}</recordid><maintenanceagency><agencycode>XX</agencycode>'
        "<agencyname>An archive</agencyname></maintenanceagency></control>"
        f'<archdesc level="collection"><did><unitid>MC 1</unitid><unittitle>Papers</unittitle>{did}</did>'
        f"<dsc>{components}</dsc>{after}</archdesc></ead>".encode(),
    )


def a_component(title: str = "Letters", inner: str = "", *, attributes: str = "", did: str = "") -> str:
    return f"<c{attributes}><did><unittitle>{title}</unittitle>{did}</did>{inner}</c>"


def units(source: Source) -> list[UnitDraft]:
    reader, drafts = drafts_of(source)
    assert reader.name == "ead3"
    return [each for each in drafts if isinstance(each, UnitDraft)]


def dates(source: Source) -> list[str]:
    return [each.value.edtf for each in units(source)[1].fields if isinstance(each.value, DocumentDate)]


def said(unit: UnitDraft, term: str) -> list[str]:
    return [e.value.text for e in unit.fields if isinstance(e.value, Statement) and e.value.term == term]


def test_tree_comes_from_the_repository_down_with_levels_and_codes():
    found = [(each.level, each.code, each.position) for each in units(Source.at(FOND))]

    assert found == [
        ("repository", "APRF", 1), ("fonds", "45", 1), ("opis", "1", 1), ("file", "331", 1), ("file", "335", 2),
        ("item", "", 1), ("item", "", 2),
    ]  # fmt: skip


def test_every_unit_comes_after_its_parent_and_no_two_are_called_alike():
    known: set[str] = set()
    for each in units(Source.at(FOND)):
        assert each.parent is None or str(each.parent) in known
        assert str(each.identity) not in known
        known.add(str(each.identity))


def test_what_is_not_for_the_public_is_kept_apart():
    delo = units(Source.at(FOND))[3]

    assert [each.verbatim for each in delo.internal] == [
        "Leaf 85 is missing since 2019.", "The donor asks to be told of each request.",
    ]  # fmt: skip
    assert "Leaf 85" not in str(delo.fields)
    assert "donor" not in str(delo.fields)


def test_internal_words_within_public_ones_are_taken_out():
    note = '<odd><p>Public <emph audience="internal">secret </emph>words.</p></odd>'
    _, _, unit = units(finding_aid(a_component(inner=note)))

    assert said(unit, "description") == ["Further information\n\nPublic words."]
    assert [each.verbatim for each in unit.internal] == ["secret"]


def test_what_lies_in_an_internal_component_is_internal_too():
    inner = a_component("Below")
    *_, above, below = units(finding_aid(a_component("Secret", inner, attributes=' audience="internal"')))

    assert above.fields == below.fields == ()
    assert [each.verbatim for each in (*above.internal, *below.internal)] == ["Secret", "Below"]


def test_notes_after_the_components_belong_to_the_whole():
    whole = units(finding_aid(a_component(), after="<userestrict><head>Use</head><p>Ask.</p></userestrict>"))[1]

    assert said(whole, "rights") == ["Use\n\nAsk."]


def test_whole_tells_of_its_finding_aid_who_made_it_by_which_rules_and_where_it_is():
    about = (
        "<filedesc><titlestmt><titleproper>Guide to the Papers</titleproper><author>By Ann</author></titlestmt>"
        '</filedesc><representation href="https://aids.example/r1">Guide</representation><conventiondeclaration>'
        "<citation>DACS</citation></conventiondeclaration>"
        '<rightsdeclaration><citation href="https://cc.example/0"/></rightsdeclaration>'
    )
    aid = finding_aid()
    whole = units(Source(aid.name, aid.content.replace(b"</control>", f"{about}</control>".encode())))[1]

    assert said(whole, "isReferencedBy") == ["Guide"]
    assert said(whole, "description") == [
        "Finding aid\n\nGuide to the Papers\n\nBy Ann",
        "Rules of the finding aid\n\nDACS",
        "Rights in the finding aid\n\nhttps://cc.example/0",
    ]


def test_history_of_the_finding_aid_is_told_in_words_or_in_those_of_its_attributes():
    history = (
        '<maintenancehistory><maintenanceevent><eventtype value="created"/><eventdatetime>1 May 2013</eventdatetime>'
        '<agenttype value="human"/><agent>Ann</agent></maintenanceevent><maintenanceevent><eventtype value="revised"/>'
        '<eventdatetime standarddatetime="2014-11-10"/><agenttype value="machine"/><agent>A program</agent>'
        "<eventdescription>A box was added</eventdescription></maintenanceevent></maintenancehistory>"
    )
    aid = finding_aid()
    whole = units(Source(aid.name, aid.content.replace(b"</control>", f"{history}</control>".encode())))[1]

    assert said(whole, "description") == [
        "History of the finding aid\n\ncreated, 1 May 2013, Ann\n\nrevised, 2014-11-10, A program, A box was added"
    ]


def test_years_of_a_life_that_only_an_attribute_gives_belong_to_the_name():
    name = '<persname><part>Ann, Mary</part><part><date normal="1897/1956"/></part></persname>'
    whole = units(finding_aid(did=f"<origination>{name}</origination>"))[1]

    assert said(whole, "creator") == ["Ann, Mary, 1897-1956"]


def test_finding_aid_in_utf_16_is_known():
    aid = finding_aid(a_component())

    assert len(units(Source(aid.name, aid.content.decode().encode("utf-16")))) == 3


def test_another_component_before_it_does_not_change_what_a_unit_is_known_by():
    first = {str(each.identity) for each in units(finding_aid(a_component("B") + a_component("C")))}
    second = {str(each.identity) for each in units(finding_aid(a_component("A") + a_component("B") + a_component("C")))}

    assert first < second


def test_date_told_piece_by_piece_does_not_change_what_a_unit_is_known_by():
    did = '<unitdate>1883, 1916</unitdate><container localtype="box">1</container>'
    letters = units(finding_aid(a_component("Letters", did=did)))[2]

    assert str(letters.identity) == "ead:XX/r1/e095d718f0d2e11f"


def test_equal_components_and_equal_ids_are_still_told_apart():
    same = a_component() * 3 + a_component("X", attributes=' id="a"') + a_component("Y", attributes=' id="a"')

    assert len({str(each.identity) for each in units(finding_aid(same))}) == 7


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ('<unitdate normal="1917/1955">1917-1955</unitdate>', "1917/1955"),
        ('<unitdate normal="19500713">13 July</unitdate>', "1950-07-13"),
        ("<unitdate>1919-1955</unitdate>", "1919/1955"),
        ("<unitdate>circa 1920</unitdate>", "1920~"),
        ("<unitdate>5 May 1918 - 21 May 1918. </unitdate>", "1918-05-05/1918-05-21"),
        ("<unitdatestructured><datesingle>1950</datesingle></unitdatestructured>", "1950"),
        (
            "<unitdatestructured><daterange><fromdate>1917</fromdate><todate>1955</todate></daterange></unitdatestructured>",
            "1917/1955",
        ),
        (
            '<unitdatestructured><daterange><fromdate standarddate="1950"/><todate/></daterange></unitdatestructured>',
            "1950/..",
        ),
        (
            "<unitdatestructured><dateset><datesingle>1917</datesingle><daterange><fromdate>1919</fromdate>"
            "<todate>1920</todate></daterange></dateset></unitdatestructured>",
            "{1917, 1919..1920}",
        ),
        ("<unitdate>1883, 1916</unitdate>", "{1883, 1916}"),
        ("<unitdate>1883, 1916 and 1883</unitdate>", "{1883, 1916}"),
        ("<unitdate>1901 - Circa 1920</unitdate>", "1901/1920~"),
        ("<unitdate>August - December 1918.</unitdate>", "1918-08/1918-12"),
        ("<unitdate>February 1918, April - August 1918.</unitdate>", "{1918-02, 1918-04..1918-08}"),
        ("<unitdate>1916 - 1955, undated</unitdate>", "1916/1955"),
        ("<unitdate>undated and 1927-1928, 1944.</unitdate>", "{1927..1928, 1944}"),
    ],
)
def test_date_is_read_into_edtf(written, edtf):
    assert dates(finding_aid(did=written)) == [edtf]


@pytest.mark.parametrize(
    "written",
    [
        "undated",
        "January-March",
        "s.d.",
        "31 February 1950",
        "1921, May",
        "between 1917 and 1919",
        "3, 12 April 1918",
        ", ".join(f"{year}" for year in range(1900, 2000)),  # no field holds so many
    ],
)
def test_date_that_cannot_be_told_stays_in_its_words(written):
    whole = units(finding_aid(did=f"<unitdate>{written}</unitdate>"))[1]

    assert said(whole, "date") == [written]


def test_bulk_of_a_unit_is_not_its_date():
    source = finding_aid(did='<unitdate unitdatetype="bulk" normal="1918/1919">1918-1919</unitdate>')

    assert dates(source) == []
    assert said(units(source)[1], "temporal") == ["bulk 1918-1919"]


def test_element_without_a_rule_of_its_own_is_kept_with_its_label():
    whole = units(finding_aid(did='<materialspec label="Scale">1 : 50,000</materialspec>'))[1]

    assert said(whole, "description") == ["Scale: 1 : 50,000"]


@pytest.mark.parametrize(
    "root", ['<ead xmlns="urn:isbn:1-931666-22-9">', "<ead>", '<!DOCTYPE ead SYSTEM "ead.dtd"><ead>']
)
def test_older_version_is_refused_and_says_how_to_convert_it(root):
    with pytest.raises(UnknownSource, match=r"^old.xml is a finding aid in EAD .* Convert it"):
        units(Source("old.xml", f"{root}<eadheader/></ead>".encode()))


def test_file_that_ends_in_the_middle_is_refused_before_anything_comes_in():
    whole = FOND.read_bytes()
    _, drafts = drafts_of(Source("cut.xml", whole[: len(whole) // 2]))

    with pytest.raises(BrokenSource, match=r"^cut.xml is not well-formed XML"):
        next(drafts)


def test_note_after_inner_components_is_refused_with_its_line():
    source = finding_aid(f"<c><did/>{a_component()}<odd><p>Too late.</p></odd></c>")

    with pytest.raises(BrokenSource, match=r"line 1 has odd after the components"):
        units(source)


def test_finding_aid_of_nothing_is_refused():
    with pytest.raises(BrokenSource, match="it describes nothing"):
        units(Source("empty.xml", f'<ead xmlns="{NAMESPACE}"/>'.encode()))


def test_entities_and_depth_are_refused():
    bomb = f'<!DOCTYPE ead [<!ENTITY a "x">]><ead xmlns="{NAMESPACE}">&a;</ead>'
    deep = finding_aid("<c><did/>" * 300 + "</c>" * 300)

    for source in (Source("bomb.xml", bomb.encode()), deep):
        with pytest.raises(HostileSource):
            units(source)


def test_components_come_one_at_a_time_however_many_there_are():
    _, drafts = drafts_of(finding_aid("".join(a_component(f"File {n}") for n in range(20_000))))

    assert sum(1 for _ in drafts) == 20_002


@pytest.mark.skipif(not CORPUS.exists(), reason="the sample data (../shared/corpora) are not here")
@pytest.mark.parametrize(("name", "count"), [("EAD3test", 16), ("mc00022", 33), ("yusa0008-ead3", 87)])
def test_sample_data_are_read_whole(name, count):
    found = units(Source.at(CORPUS / f"{name}.xml"))

    assert len({str(each.identity) for each in found}) == len(found) == count
    assert all(each.fields for each in found[1:])


@pytest.mark.skipif(not CORPUS.exists(), reason="the sample data (../shared/corpora) are not here")
@pytest.mark.parametrize("name", ["EAD3test", "mc00022", "yusa0008-ead3"])
def test_no_word_of_a_description_is_lost(name):
    from lxml import etree

    source = Source.at(CORPUS / f"{name}.xml")
    kept = " ".join(f"{f.verbatim} {f.value}" for each in units(source) for f in each.fields)
    root = etree.fromstring(source.content)
    described = root.iter("{*}p", "{*}unittitle", "{*}unitdate")
    wanted = {
        word
        for each in described
        if next(each.iterancestors("{*}archdesc"), None) is not None
        if next(each.iterancestors("{*}controlaccess"), None) is None
        for word in "".join(each.itertext(etree.Element)).split()
    }
    assert {word for word in wanted if word not in kept} == set()
