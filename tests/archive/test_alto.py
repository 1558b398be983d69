"""ALTO as it is written is what the reader of ALTO makes of it."""

from __future__ import annotations

from archive.alto import alto_of
from archive.description import LineDescription, PageDescription, WordDescription
from archive.drafts import Page
from archive.readers import drafts_of
from tests.sources import source


def a_page(*lines: LineDescription, language: str = "en") -> PageDescription:
    return PageDescription("1.1", "typeset", 1984, 2806, "image/tiff", None, language, lines)


def a_line(text: str, *words: str) -> LineDescription:
    """A line of words, each a hundred pixels wide."""
    boxes = (WordDescription(word, 100 * n, 50, 90, 40) for n, word in enumerate(words, start=1))
    return LineDescription(text, 100, 50, 900, 40, tuple(boxes))


def read_back(page: PageDescription, tmp_path) -> Page:
    file = tmp_path / "page.xml"
    file.write_bytes(alto_of([page]))
    _, (draft,) = drafts_of(source(file))
    return draft.first(Page).value


def test_lines_and_words_come_back_in_their_places(tmp_path):
    page = read_back(a_page(a_line("No. 2408 – Filippov", "No.", "2408", "–", "Filippov")), tmp_path)

    (line,) = page.lines
    assert (page.width, page.height) == (1984, 2806)
    assert (line.text, line.box) == ("No. 2408 – Filippov", (100, 50, 900, 40))
    assert [(word.text, word.box) for word in line.words] == [
        ("No.", (100, 50, 90, 40)), ("2408", (200, 50, 90, 40)), ("–", (300, 50, 90, 40)),
        ("Filippov", (400, 50, 90, 40)),
    ]  # fmt: skip


def test_chinese_comes_back_without_spaces(tmp_path):
    (line,) = read_back(a_page(a_line("周恩来。 Zhou", "周", "恩", "来。", "Zhou"), language="zh"), tmp_path).lines

    assert line.text == "周恩来。 Zhou"


def test_words_are_never_taken_for_markup(tmp_path):
    (line,) = read_back(a_page(a_line('<b> & "c"\x00', "<b>", "&", '"c"\x00')), tmp_path).lines

    assert line.text == '<b> & "c"'


def test_line_whose_words_have_no_places_is_one_string(tmp_path):
    (line,) = read_back(a_page(LineDescription("Two words", 1, 2, 3, 4)), tmp_path).lines

    assert line.text == "Two words"
    assert not line.words
