"""Scans on their way into the archive."""

import json

import pytest
from PIL import Image

from archive import publication
from archive.accession.originals import keep
from archive.accession.pages import prepare
from archive.models import Page, Representation
from archive.models.page import private_storage
from archive.readers import BrokenSource, drafts_of
from tests.scans import LINES, SIZE, Handed, a_page_xml, a_pdf, a_scan, an_alto, assert_boxes_hold_the_ink
from tests.sources import enter_scans

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed(tmp_path):
    return Handed(tmp_path)


def entered(source, *, draft=None):
    if draft is None:
        [draft] = drafts_of(source)[1]
    return enter_scans(draft, source)


def a_transcribed_scan(handed, name="a", **saving):
    lines = a_scan(handed.folder / f"{name}.png", **saving)
    (handed.folder / f"{name}.xml").write_bytes(an_alto(lines, scale=2))
    return handed.source(f"{name}.xml")


def shown(page):
    """The stored image of a page."""
    with page.image.open("rb") as file:
        return Image.open(file).convert("L")


def test_page_has_its_image_and_its_lines_and_words_stand_on_their_ink(handed):
    document = entered(a_transcribed_scan(handed)).document

    page = document.pages.get()
    assert (page.identifier, page.kind) == (f"{document.identifier}.s1", "scan")
    assert (page.width, page.height, page.media_type) == (*SIZE, "image/tiff")
    assert [line["text"] for line in page.lines] == list(LINES)
    assert [word["text"] for word in page.lines[1]["words"]] == ["new", "instructions"]
    words = (word["box"] for line in page.lines for word in line["words"])
    assert_boxes_hold_the_ink(shown(page), words, tolerance=3)


def test_the_same_source_again_changes_nothing(handed):
    source = a_transcribed_scan(handed)
    before = entered(source)
    pages = list(Page.objects.values())

    again = entered(source)

    assert (before.outcome, again.outcome) == ("created", "known")
    assert list(Page.objects.values()) == pages


def test_better_transcription_of_the_same_scan_updates_the_document_and_keeps_the_image(handed):
    first = entered(a_transcribed_scan(handed)).document
    image = first.pages.get().image.name
    lines = a_scan(handed.folder / "b.png")
    (handed.folder / "a.xml").write_bytes(a_page_xml(lines[:2], file="a.png"))

    entry = entered(handed.source("a.xml"))

    assert (entry.outcome, entry.document) == ("updated", first)
    assert [line["text"] for line in first.pages.get().lines] == list(LINES[:2])
    assert first.pages.get().image.name == image
    assert private_storage().exists(image)


@pytest.mark.parametrize("original_is_kept", [True, False])
def test_image_that_no_page_shows_any_more_goes_if_it_can_be_made_again(
    handed, django_capture_on_commit_callbacks, original_is_kept
):
    document = entered(a_transcribed_scan(handed)).document
    image = document.pages.get().image.name
    if original_is_kept:
        keep(handed.source("a.png"))
    [draft] = drafts_of(handed.source("a.xml"))[1]
    a_scan(handed.folder / "a.png", ["Another scan"])

    with django_capture_on_commit_callbacks(execute=True):
        entered(handed.source("a.xml"), draft=draft)

    assert document.pages.get().image.name != image
    assert private_storage().exists(document.pages.get().image.name)
    assert private_storage().exists(image) == (not original_is_kept)


def test_image_is_made_once_however_often_it_comes(handed, monkeypatch):
    source = a_transcribed_scan(handed)
    [draft] = drafts_of(source)[1]
    first = prepare(draft, source)
    monkeypatch.setattr("archive.accession.images.pyramid", None)

    assert prepare(draft, source).made == first.made


def test_rehearsal_finds_the_fault_and_keeps_nothing(handed):
    Image.effect_noise((400, 300), 80).save(handed.folder / "a.jpg")
    content = (handed.folder / "a.jpg").read_bytes()
    (handed.folder / "a.jpg").write_bytes(content[: len(content) // 2])
    [draft] = drafts_of(handed.source("a.jpg"))[1]

    with pytest.raises(BrokenSource, match=r"a\.jpg is cut off"):
        prepare(draft, handed.source("a.jpg"), keep=False)


def test_image_is_taken_from_the_folder_that_its_page_names(handed):
    (handed.folder / "box" / "images").mkdir(parents=True)
    lines = a_scan(handed.folder / "box" / "images" / "a.png")
    a_scan(handed.folder / "a.png", ["Another scan of the same name"])
    (handed.folder / "box" / "a.xml").write_bytes(a_page_xml(lines, file="images/a.png"))

    page = entered(handed.source("box/a.xml")).document.pages.get()

    assert_boxes_hold_the_ink(shown(page), (line["box"] for line in page.lines), tolerance=3)


def test_page_that_is_cut_off_does_not_hold_up_the_others(handed):
    for number in (1, 2):
        Image.effect_noise((400, 300), 80 + number).save(handed.folder / f"a_{number}.jpg")
    content = (handed.folder / "a_1.jpg").read_bytes()
    (handed.folder / "a_1.jpg").write_bytes(content[: len(content) // 2])

    entry = entered(handed.source("a_1.jpg"))

    assert [page.identifier for page in entry.document.pages.all()] == [f"{entry.document.identifier}.s2"]
    assert "a_1.jpg is cut off" in entry.notice


def test_pages_of_a_pdf_have_their_words(handed):
    a_pdf(handed.folder / "a.pdf", LINES, ("Filippov",))

    first, second = entered(handed.source("a.pdf")).document.pages.all()

    assert [line["text"] for line in first.lines] == list(LINES)
    assert_boxes_hold_the_ink(shown(second), (word["box"] for word in second.lines[0]["words"]), tolerance=14)


def test_published_scan_is_on_a_canvas_with_its_lines_and_is_not_typeset(handed, client):
    document = entered(a_transcribed_scan(handed)).document

    assert not publication.publish([document.pk]).failed

    [manifest] = Representation.objects.filter(document=document, format="manifest")
    [canvas] = json.loads(bytes(manifest.content))["items"]
    assert (canvas["width"], canvas["height"]) == SIZE
    lines = client.get("/iiif/" + canvas["annotations"][0]["id"].partition("/iiif/")[2]).json()
    assert [each["body"]["value"] for each in lines["items"]] == list(LINES)
