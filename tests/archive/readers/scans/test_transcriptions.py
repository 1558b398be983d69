"""ALTO and PAGE XML with their images: where words stand, in pixels of the image."""

import pytest
from django.conf import settings
from PIL import Image

from archive.drafts import Page, TextBody
from archive.readers import BrokenSource, Companion, HostileSource, drafts_of
from tests.scans import LINES, SIZE, Handed, a_page_xml, a_scan, an_alto, assert_boxes_hold_the_ink, ink_within

CORPORA = settings.BASE_DIR.parent / "shared" / "corpora"
PAGE_XML = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
needs_corpora = pytest.mark.skipif(not CORPORA.exists(), reason="the corpora (../shared/corpora) are not here")


@pytest.fixture
def handed(tmp_path):
    return Handed(tmp_path)


def the_draft(source):
    [draft] = drafts_of(source)[1]
    return draft


def pages(draft):
    return [each.value for each in draft.all(Page)]


def boxes(page):
    return [word.box for line in page.lines for word in line.words]


@pytest.mark.parametrize(("unit", "scale"), [("pixel", 1), ("pixel", 2), ("mm10", 254 / 300), ("inch1200", 4)])
def test_words_of_alto_stand_on_their_ink_whatever_it_measures_with(handed, unit, scale):
    lines = a_scan(handed.folder / "a.png", dpi=(300, 300))
    (handed.folder / "a.xml").write_bytes(an_alto(lines, file="a.png", unit=unit, scale=scale))

    [page] = pages(the_draft(handed.source("a.xml")))

    assert (page.file, page.width, page.height) == ("a.png", *SIZE)
    assert [line.text for line in page.lines] == list(LINES)
    assert_boxes_hold_the_ink(Image.open(handed.folder / "a.png"), boxes(page), tolerance=2)


def test_measures_of_a_page_without_extent_follow_the_resolution_of_the_image(handed):
    lines = a_scan(handed.folder / "a.png", dpi=(300, 300))
    alto = an_alto(lines, file="a.png", unit="inch1200", scale=4).replace(b'WIDTH="3600" HEIGHT="2400"', b"")
    (handed.folder / "a.xml").write_bytes(alto)

    [page] = pages(the_draft(handed.source("a.xml")))

    assert_boxes_hold_the_ink(Image.open(handed.folder / "a.png"), boxes(page), tolerance=2)


@pytest.mark.parametrize("named", ["", "gone/a.png", "//server/d/a.TIF", "C:\\scans\\a.tif", "../../../etc/a.jpg"])
def test_image_is_found_by_its_own_name_or_by_that_of_the_file(handed, named):
    lines = a_scan(handed.folder / "a.png")
    (handed.folder / "a.xml").write_bytes(an_alto(lines, file=named))

    assert [page.file for page in pages(the_draft(handed.source("a.xml")))] == ["a.png"]


def test_words_of_page_xml_stand_on_their_ink(handed):
    lines = a_scan(handed.folder / "a.tif")
    (handed.folder / "a.xml").write_bytes(a_page_xml(lines, file="images/a.tif"))

    draft = the_draft(handed.source("a.xml"))

    assert_boxes_hold_the_ink(Image.open(handed.folder / "a.tif"), boxes(pages(draft)[0]), tolerance=1)
    assert draft.first(TextBody).value.text == "\n".join(LINES)


def test_lines_stand_as_the_region_reads_where_a_forgotten_one_was_added_out_of_place(handed):
    lines = "".join(f"<TextLine><TextEquiv><Unicode>{each}</Unicode></TextEquiv></TextLine>" for each in "acb")
    region = f"<TextRegion>{lines}<TextEquiv><Unicode>a\nb\nc</Unicode></TextEquiv></TextRegion>"
    (handed.folder / "a.xml").write_text(f'<PcGts xmlns="{PAGE_XML}"><Page>{region}</Page></PcGts>')

    assert the_draft(handed.source("a.xml")).first(TextBody).value.text == "a\nb\nc"


def test_document_is_known_again_by_its_image_whoever_transcribed_it(handed):
    lines = a_scan(handed.folder / "a.png")
    alone = the_draft(handed.source("a.png")).identity
    (handed.folder / "a.xml").write_bytes(an_alto(lines))
    by_alto = the_draft(handed.source("a.xml")).identity
    (handed.folder / "a.xml").write_bytes(a_page_xml(lines, file="a.png"))

    assert alone == by_alto == the_draft(handed.source("a.xml")).identity


def test_places_on_an_image_of_another_shape_are_left_out_and_it_says_so(handed):
    lines = a_scan(handed.folder / "a.png", size=(600, 900))
    (handed.folder / "a.xml").write_bytes(an_alto(lines))

    draft = the_draft(handed.source("a.xml"))

    assert pages(draft)[0].lines == ()
    assert draft.first(TextBody).value.text == "\n".join(LINES)
    assert "another shape" in draft.notices[0].message


def test_files_numbered_one_after_the_other_are_the_pages_of_one_document(handed):
    for number in (1, 2):
        lines = a_scan(handed.folder / f"a_{number}.png", [f"Page {number}"])
        (handed.folder / f"a_{number}.xml").write_bytes(an_alto(lines))

    draft = the_draft(handed.source("a_1.xml"))

    assert [page.file for page in pages(draft)] == ["a_1.png", "a_2.png"]
    assert draft.first(TextBody).value.text == "Page 1\n\nPage 2"
    with pytest.raises(Companion):
        the_draft(handed.source("a_2.xml"))


def test_text_has_the_images_that_lie_beside_it(handed):
    for number in (1, 2):
        a_scan(handed.folder / f"letter_{number}.png")
    text = (settings.BASE_DIR / "fixtures/sources/page_markdown/002_75e4e0694aac02d8.txt").read_bytes()
    (handed.folder / "letter.txt").write_bytes(text)

    assert [page.file for page in pages(the_draft(handed.source("letter.txt")))] == ["letter_1.png", "letter_2.png"]
    with pytest.raises(Companion):
        the_draft(handed.source("letter_1.png"))


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (an_alto([[("a", (1, 1, 2, 2))]])[:-30], BrokenSource),
        (b'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout/></alto>', BrokenSource),
        (b'<!DOCTYPE alto [<!ENTITY a "b">]><alto><Layout><Page/></Layout></alto>', HostileSource),
    ],
)
def test_broken_and_hostile_files_are_refused_by_name(handed, xml, kind):
    (handed.folder / "a.xml").write_bytes(xml)

    with pytest.raises(kind, match=r"a\.xml"):
        the_draft(handed.source("a.xml"))


@needs_corpora
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("alto/TestamentsDePoilus_will_AN_0240-1", "Mon testament"),
        ("page/bebel_frau_1879_0186", "die Menschheit eingeschlagen werden können."),
        ("page/laube_europa0202_1837_0105", "Grüne Ukraine,"),
    ],
)
def test_lines_of_real_pages_have_ink_in_them_and_fill_their_boxes(name, words):
    draft = the_draft(Handed(CORPORA).source(f"{name}.xml"))

    [page] = pages(draft)
    image = Image.open(CORPORA / page.file)
    assert words in draft.first(TextBody).value.text
    assert (page.width, page.height) == image.size
    for line in page.lines:
        left, top, right, bottom = ink_within(image, line.box)
        # Handwriting is fainter than print, and outlines are drawn by hand: what counts is that words are there.
        assert right - left > line.box[2] * 0.6, line
        assert bottom - top > line.box[3] * 0.4, line


@needs_corpora
@pytest.mark.parametrize(
    ("name", "language", "line"),
    [
        ("alto/bnl_lunion_1865-04-15", "fr", "saintement aimé que Pervenche"),
        ("alto/sn90050306_1920_05_27_1", "en", "Help on Business"),
    ],
)
def test_newspapers_without_their_images_come_in_with_their_words(name, language, line):
    draft = the_draft(Handed(CORPORA).source(f"{name}.xml"))

    text = draft.first(TextBody).value
    assert line in text.text.splitlines()
    assert (text.language, text.method) == (language, "machine")
    assert "did not come along" in draft.notices[0].message
