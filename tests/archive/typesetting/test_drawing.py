"""What is drawn, and whether the boxes of the lines are where the ink is."""

from __future__ import annotations

from itertools import pairwise

import pypdfium2
import pytest
import pyvips
from PIL import Image

from archive.typesetting import TypesettingError, drawing, fonts
from archive.typesetting.drawing import Drawn
from archive.typesetting.layout import FOOT, HEAD, TOP
from archive.typesetting.manuscripts import Manuscript
from archive.typesetting.sheets import DPI, HEIGHT, WIDTH
from archive.typesetting.wording import Wording
from tests.fonts import CJK, a_font

PARAGRAPH = "To discuss this matter, Zhou Enlai will have to meet comrade Filippov again. " * 5
#: Darker than this is ink. Paper is about 252, ink about 31; JPEG leaves faint rings around letters.
INK = 150


def a_manuscript(body: str = "Zhou Enlai is being sent new instructions.", language="en", **fields) -> Manuscript:
    said = {"title": "A telegram", "date": "13 October 1950", "references": ("APRF, fond 45",), "stamps": ()}
    said["wording"] = Wording.of(language, kind="transcript", written_in=language)
    said["wording_in_english"] = Wording.of("en", kind="transcript", written_in=language)
    return Manuscript(**{"text_id": None, "language": language, "body": body, **said, **fields})


def draw(*manuscripts: Manuscript) -> list[Drawn]:
    return list(drawing.draw(manuscripts).pages())


def ink_of(page: Drawn) -> Image.Image:
    """White where there is ink."""
    image = pyvips.Image.new_from_buffer(page.content, "").colourspace("b-w")
    grey = Image.frombytes("L", (image.width, image.height), image.write_to_memory())
    return grey.point(lambda value: 255 if value < INK else 0)


def texts(pages: list[Drawn]) -> list[str]:
    return [line["text"] for page in pages for line in page.lines]


def body_of(pages: list[Drawn]) -> list[str]:
    return texts(pages)[3:]


def assert_boxes_are_those_of_the_ink(manuscript: Manuscript) -> None:
    """Each side of each box of a word within a pixel of the outermost ink, however faint, before it is compressed."""
    volume = drawing.draw([manuscript])
    document = pypdfium2.PdfDocument(volume.pdf)
    for page, image in zip(volume.pages(), document, strict=True):
        ink = image.render(scale=DPI / 72, grayscale=True).to_pil().point(lambda value: 255 if value < 250 else 0)
        assert ink.size == (page.width, page.height)
        for word in (word for line in page.lines for word in line["words"]):
            x, y, width, height = word["box"]
            left, top, right, bottom = ink.crop((x, y, x + width, y + height)).getbbox()
            assert max(left, top, width - right, height - bottom) <= 1, word
    document.close()


@pytest.fixture
def cjk(settings):
    """Give the site a font with Chinese, Japanese and Korean, whatever the machine has."""
    settings.FONDS = {**settings.FONDS, "FONTS": (CJK,)}


@pytest.fixture
def no_further_fonts(monkeypatch):
    """A machine without Debian's fonts."""
    monkeypatch.setattr(fonts, "far", lambda cut: ())


@pytest.fixture
def site_font(settings, tmp_path):
    """Give the site a font with these characters."""

    def install(characters: str) -> None:
        settings.FONDS = {**settings.FONDS, "FONTS": (a_font(tmp_path, characters),)}

    return install


def test_boxes_are_exactly_as_large_as_the_ink_of_their_lines():
    for page in draw(a_manuscript("\n".join([PARAGRAPH, "Копии: Сталин, Молотов", "Ελλάς", "q", "«Ärger»"] * 4))):
        ink = ink_of(page)
        for line in page.lines:
            x, y, width, height = line["box"]
            left, top, right, bottom = ink.crop((x, y, x + width, y + height)).getbbox()
            assert max(left, top, width - right, height - bottom) <= 2, line


@pytest.mark.parametrize(
    "body",
    [
        PARAGRAPH,
        "Копии: Сталин (2), Молотов, Берия. Й ё «да» – нет",
        "«Ärger» fond\u00a045, Ελλάς; q - (2) Tường Việt Ǻ",
        "إلى الرفيق تشو إن لاي (Zhou Enlai): رقم 3305/12، مُحَمَّد",
        "אל החבר צ'ו אן-לאי (Zhou Enlai) ב-13 ביולי. שָׁלוֹם",
    ],
)
def test_boxes_are_exactly_as_large_as_the_ink_of_their_words(body):
    assert_boxes_are_those_of_the_ink(a_manuscript(body))


@pytest.mark.parametrize(
    "body", ["周恩来同志：“关于朝鲜问题”（1950年7月13日）。", "조선민주주의인민공화국 김일성 동지 (Zhou Enlai)"]
)
def test_boxes_of_chinese_and_korean_are_exactly_as_large_as_the_ink(body, cjk):
    assert_boxes_are_those_of_the_ink(a_manuscript(body))


def test_words_of_a_line_are_those_of_its_text():
    (page, *_) = draw(a_manuscript("\n".join(["  No. 2408 -  Filippov", "fond\u00a045", PARAGRAPH])))

    for line in page.lines:
        assert [word["text"] for word in line["words"]] == line["text"].split()


def test_words_lie_within_the_box_of_their_line_and_one_after_the_other():
    (page, *_) = draw(a_manuscript(PARAGRAPH))

    for line in page.lines:
        x, y, width, height = line["box"]
        boxes = [word["box"] for word in line["words"]]
        assert min(box[0] for box in boxes) == x
        assert max(box[0] + box[2] for box in boxes) == x + width
        assert min(box[1] for box in boxes) == y
        assert max(box[1] + box[3] for box in boxes) == y + height
        assert all(one[0] + one[2] <= next_[0] for one, next_ in pairwise(boxes))


def test_no_ink_of_the_text_lies_outside_the_boxes():
    _, page = draw(a_manuscript(PARAGRAPH * 10))[:2]
    ink = ink_of(page)

    for line in page.lines:
        x, y, width, height = line["box"]
        ink.paste(0, (x, y, x + width, y + height))

    assert ink.crop((0, HEAD + 30, ink.width, FOOT - 60)).getbbox() is None


def test_every_page_says_that_it_is_no_scan_and_which_page_it_is():
    for page in draw(a_manuscript(PARAGRAPH * 10)):
        ink = ink_of(page)
        assert ink.crop((0, FOOT - 60, ink.width, HEIGHT)).getbbox(), "no page number"
    assert ink.crop((0, 0, ink.width, TOP)).getbbox(), "no running head"


def test_lines_and_paragraphs_of_the_text_are_kept():
    pages = draw(a_manuscript("FILIPPOV [Stalin]\nCopies: Stalin (2), Molotov\r\n\r\nNo. 2408"))

    assert body_of(pages) == ["FILIPPOV [Stalin]", "Copies: Stalin (2), Molotov", "No. 2408"]


def test_long_lines_are_wrapped_between_words_and_nothing_is_lost():
    lines = body_of(draw(a_manuscript(PARAGRAPH)))

    assert len(lines) > 4
    assert " ".join(lines) == PARAGRAPH.strip()


def test_word_longer_than_a_line_is_cut():
    lines = body_of(draw(a_manuscript("ж" * 300)))

    assert len(lines) > 1
    assert "".join(lines) == "ж" * 300


def test_dash_never_begins_a_line():
    lines = body_of(draw(a_manuscript("Mikoyan - 1, Kaganovich - 1, Bulganin – 1, " * 20)))

    assert not [line for line in lines if line.startswith(("-", "–"))]


def test_page_break_in_the_text_turns_the_page():
    first, second = draw(a_manuscript("one\ftwo"))

    assert [line["text"] for line in second.lines] == ["two"]
    assert first.lines[-1]["text"] == "one"


def test_last_line_of_a_paragraph_never_stands_alone_on_a_page():
    for before in range(30, 40):
        pages = draw(a_manuscript("line\n" * before + PARAGRAPH))
        lines = [[line["text"] for line in page.lines if line["text"] != "line"] for page in pages[1:]]
        assert [len(page) for page in lines] != [1], before


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("fond\u00a045", "fond\u00a045"),
        ("tele\u00adgram", "telegram"),
        ("\ufeffzero\u200bwidth\u200d", "zerowidth"),
        ("thin\u2009space", "thin space"),
        ("bell\x07", "bell"),
        ("a\u2028b", "a"),
        ("и\u0306", "й"),
    ],
)
def test_what_has_no_shape_never_stops_a_text(written, drawn):
    assert body_of(draw(a_manuscript(written)))[0] == drawn


def test_tab_is_drawn_as_a_gap():
    (line,) = draw(a_manuscript("a\tb"))[0].lines[3:]
    (close,) = draw(a_manuscript("ab"))[0].lines[3:]

    assert line["box"][2] > close["box"][2] + 20


def test_character_without_a_font_is_named_with_its_script_and_the_remedy(no_further_fonts):
    with pytest.raises(TypesettingError) as caught:
        draw(a_manuscript("周恩来 (Zhou Enlai), 김일성"))

    message = str(caught.value)
    assert "“周” (U+5468)" in message
    assert "Han" in message
    assert "Hangul" in message
    assert "fonts-noto-cjk" in message
    assert "FONDS['FONTS']" in message


def test_font_of_the_site_draws_what_ours_lacks(site_font):
    site_font("周恩来")

    (page,) = draw(a_manuscript("周恩来 Zhou Enlai"))

    assert page.lines[3]["text"] == "周恩来 Zhou Enlai"
    x, y, _, height = page.lines[3]["box"]
    assert ink_of(page).getpixel((x + 5, y + height // 2)) == 255


def test_chinese_is_wrapped_without_spaces_and_no_line_begins_with_a_full_stop(site_font):
    site_font("周恩来。")

    lines = body_of(draw(a_manuscript("周恩来。" * 60)))

    assert "".join(lines) == "周恩来。" * 60
    assert not [line for line in lines if line.startswith("。")]


def test_every_chinese_character_is_a_word_with_the_mark_that_closes_it(site_font):
    site_font("周恩来。")

    (page,) = draw(a_manuscript("周恩来。Zhou Enlai"))

    assert [word["text"] for word in page.lines[3]["words"]] == ["周", "恩", "来。", "Zhou", "Enlai"]


def test_font_that_is_not_there_is_named(settings):
    settings.FONDS = {**settings.FONDS, "FONTS": ("/nowhere/squares.ttf",)}

    with pytest.raises(TypesettingError, match=r"/nowhere/squares\.ttf"):
        draw(a_manuscript())


def test_file_that_is_no_font_is_named(settings, tmp_path):
    (tmp_path / "letters.ttf").write_text("not letters")
    settings.FONDS = {**settings.FONDS, "FONTS": (str(tmp_path / "letters.ttf"),)}

    with pytest.raises(TypesettingError, match=r"letters\.ttf"):
        draw(a_manuscript())


def test_line_in_hebrew_begins_at_the_right_and_runs_to_the_left():
    (page,) = draw(a_manuscript("אל החבר"))

    first, second = page.lines[-1]["words"]
    assert page.lines[-1]["text"] == "אל החבר"
    assert [first["text"], second["text"]] == ["אל", "החבר"]
    assert WIDTH - 320 < first["box"][0] + first["box"][2] < WIDTH - 290
    assert second["box"][0] + second["box"][2] < first["box"][0]


def test_latin_words_within_arabic_keep_their_own_order():
    (page,) = draw(a_manuscript("من Zhou Enlai إلى 1950"))

    left_to_right = sorted(page.lines[-1]["words"], key=lambda word: word["box"][0])
    assert [word["text"] for word in left_to_right] == ["1950", "إلى", "Zhou", "Enlai", "من"]


def test_arabic_letters_are_joined():
    """A letter in the middle of a word has another shape than one that stands alone."""
    (page,) = draw(a_manuscript("ههه\nه"))

    joined, alone = (line["box"][2] for line in page.lines[-2:])
    assert not 2.5 * alone < joined < 3.5 * alone


def test_joiners_of_persian_stay_and_keep_letters_apart():
    (page,) = draw(a_manuscript("می\u200cخواهم\nمیخواهم"))

    parted, joined = page.lines[-2:]
    assert parted["text"] == "می\u200cخواهم"
    assert parted["box"][2] != joined["box"][2]


def test_mark_of_direction_is_obeyed():
    (plain, steered) = draw(a_manuscript("(a) ב\n\u200f(a) ב"))[0].lines[-2:]

    assert plain["words"][0]["box"][0] < plain["words"][1]["box"][0]
    assert steered["words"][0]["box"][0] > steered["words"][1]["box"][0]


def test_quotation_marks_in_chinese_are_as_wide_as_characters(cjk):
    (page,) = draw(a_manuscript("关”于”\n关“于“", language="zh"))
    (narrow,) = draw(a_manuscript("关”于”\n关“于“", language="en"))

    assert page.lines[-1]["box"][2] > narrow.lines[-1]["box"][2] + 20


def test_further_lines_of_an_item_hang_under_its_first_word():
    (page,) = draw(a_manuscript("1. " + PARAGRAPH))

    first, second, *_ = page.lines[-5:]
    assert abs(first["words"][1]["box"][0] - second["box"][0]) < 10
    assert first["box"][0] < second["box"][0] - 20


@pytest.mark.parametrize("body", ["1950 was the year. " + PARAGRAPH, "A. " + "x", "- " + "ж" * 300, "1. ", "—"])
def test_what_only_looks_like_an_item_is_set_whole(body):
    assert "".join(body_of(draw(a_manuscript(body)))).replace(" ", "") == body.strip().replace(" ", "")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("ru", "Набрано по расшифровке; не является сканом"),
        ("zh-Hant", "據轉錄文本排版，非原件掃描"),
        ("zh-TW", "據轉錄文本排版，非原件掃描"),
        ("ko-KR", "전사본을 조판한 것으로, 스캔한 원본이 아님"),
        ("en-GB", "Typeset from the transcript; not a scan"),
        ("tlh", "Typeset from the transcript; not a scan"),
        ("", "Typeset from the transcript; not a scan"),
    ],
)
def test_page_says_in_the_language_of_its_text_that_it_is_no_scan(language, note):
    assert Wording.of(language, kind="transcript").note == note


def test_kind_of_a_text_is_said_in_its_language():
    assert Wording.of("ru", kind="translation", written_in="ru").kind == "Перевод, Русский"
    assert Wording.of("en", kind="translation", written_in="ru").kind == "Translation, Russian"


def test_note_is_in_english_where_no_font_has_its_letters(no_further_fonts):
    volume = drawing.draw([a_manuscript("Pinyin only", language="zh")])

    assert "Typeset from the transcript; not a scan" in text_of(volume.pdf)


def text_of(pdf: bytes, page: int = 0) -> str:
    """The words of a page of a PDF as its readers copy them."""
    document = pypdfium2.PdfDocument(pdf)
    words = document[page].get_textpage().get_text_range()
    document.close()
    return words.replace("\r\n", "\n")


def test_pdf_can_be_searched_and_copied_from(cjk):
    russian = a_manuscript("Шифртелеграмма 周恩来", language="ru")
    volume = drawing.draw([a_manuscript("office of the affine first\nfond\u00a045"), russian])

    first, second = text_of(volume.pdf), text_of(volume.pdf, 1)
    assert "office of the affine first" in first
    assert "A telegram" in first
    assert "Шифртелеграмма 周恩来" in second


@pytest.mark.parametrize("body", ["من الرفيق تشو إن لاي", "אל החבר צ'ו אן-לאי"])
def test_pdf_gives_words_from_right_to_left_back_as_they_were_written(body):
    assert body in text_of(drawing.draw([a_manuscript(body)]).pdf)


def test_pdf_of_several_texts_has_an_outline():
    translation = a_manuscript("Body", wording=Wording("A note", "Translation, English"))
    document = pypdfium2.PdfDocument(drawing.draw([a_manuscript(PARAGRAPH * 10), translation]).pdf)

    outline = [(each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]
    assert outline == [("Transcript, English", 0), ("Translation, English", len(document) - 1)]
    assert document.get_metadata_dict()["Title"] == "A telegram"


def test_pdf_names_every_font_that_it_uses_and_holds_it():
    pdf = pypdfium2.PdfDocument(drawing.draw([a_manuscript("Копии من שלום")]).pdf)

    names = {each.get_font().get_base_name() for each in pdf[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT])}
    assert len(names) >= 4


def test_same_manuscript_gives_the_same_bytes():
    first, second = (drawing.draw([a_manuscript(PARAGRAPH + "من Копии")]) for _ in range(2))

    assert first.pdf == second.pdf
    assert list(first.pages()) == list(second.pages())


def test_image_is_a_tiled_pyramid_in_ycbcr():
    (page,) = draw(a_manuscript())

    image = pyvips.Image.new_from_buffer(page.content, "")

    assert (image.width, image.height) == (page.width, page.height)
    assert image.get("n-pages") >= 4
    assert image.get("tile-width") == 256
