"""What is drawn, and whether the boxes of the lines are where the ink is."""

from __future__ import annotations

from itertools import pairwise

import pytest
import pyvips
from PIL import Image

from archive.typesetting import TypesettingError
from archive.typesetting.drawing import Drawn, draw
from archive.typesetting.layout import HEAD, HEIGHT, TOP
from archive.typesetting.manuscripts import NOTE, Manuscript
from tests.fonts import a_font

PARAGRAPH = "To discuss this matter, Zhou Enlai will have to meet comrade Filippov again. " * 5
#: Darker than this is ink. Paper is about 252, ink about 31; JPEG leaves faint rings around letters.
INK = 150


def a_manuscript(body: str = "Zhou Enlai is being sent new instructions.", **fields) -> Manuscript:
    said = {"title": "A telegram", "date": "13 October 1950", "references": ("APRF, fond 45",), "kind": "transcript"}
    return Manuscript(**{"text_id": None, "note": NOTE, "stamps": (), "body": body, **said, **fields})


def ink_of(page: Drawn) -> Image.Image:
    """White where there is ink."""
    image = pyvips.Image.new_from_buffer(page.content, "").colourspace("b-w")
    grey = Image.frombytes("L", (image.width, image.height), image.write_to_memory())
    return grey.point(lambda value: 255 if value < INK else 0)


def texts(pages: list[Drawn]) -> list[str]:
    return [line["text"] for page in pages for line in page.lines]


def body_of(pages: list[Drawn]) -> list[str]:
    return texts(pages)[3:]


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


def test_boxes_are_exactly_as_large_as_the_ink_of_their_words():
    (page, *_) = draw(
        a_manuscript("\n".join([PARAGRAPH, "Копии: Сталин, Молотов", "«Ärger» fond\u00a045", "q  - (2)"]))
    )
    ink = ink_of(page)

    for word in (word for line in page.lines for word in line["words"]):
        x, y, width, height = word["box"]
        left, top, right, bottom = ink.crop((x, y, x + width, y + height)).getbbox()
        assert max(left, top, width - right, height - bottom) <= 2, word


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

    assert ink.crop((0, HEAD + 30, ink.width, HEIGHT - 250)).getbbox() is None


def test_every_page_says_that_it_is_no_scan_and_which_page_it_is():
    for page in draw(a_manuscript(PARAGRAPH * 10)):
        ink = ink_of(page)
        assert ink.crop((0, HEIGHT - 200, ink.width, HEIGHT)).getbbox(), "no page number"
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
    for before in range(26, 34):
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


def test_character_without_a_font_is_named_with_its_script_and_the_remedy():
    with pytest.raises(TypesettingError) as caught:
        draw(a_manuscript("周恩来 (Zhou Enlai), 김일성"))

    message = str(caught.value)
    assert "“周” (U+5468)" in message
    assert "Han" in message
    assert "Hangul" in message
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


def test_text_from_right_to_left_is_refused_and_not_drawn_backwards(site_font):
    site_font("שלום")

    with pytest.raises(TypesettingError, match="Hebrew"):
        draw(a_manuscript("שלום"))


def test_same_manuscript_gives_the_same_bytes():
    assert draw(a_manuscript(PARAGRAPH)) == draw(a_manuscript(PARAGRAPH))


def test_image_is_a_tiled_pyramid_in_ycbcr():
    (page,) = draw(a_manuscript())

    image = pyvips.Image.new_from_buffer(page.content, "")

    assert (image.width, image.height) == (page.width, page.height)
    assert image.get("n-pages") >= 4
    assert image.get("tile-width") == 256
