"""Passages, and the places in them where patterns are tried."""

from __future__ import annotations

import re

import pytest

from archive.readers.passages import Passage, lines_with, places_of
from tests.archive.readers.seeds import PAGE_MARKDOWN, PAGE_TEXT

TEXTS = (PAGE_TEXT, PAGE_MARKDOWN, PAGE_TEXT.replace("\n", "\r\n"), "No. 1 no.2\n\nNo. 3 № 4", "", "No.", "\nNo. 5\n")
NUMBER = re.compile(r"(?:[Nn]o\.|№)\s*[0-9]+")
LINE = re.compile(r"^[ \t]*\S[^\n]*(?:[Nn]o\.|№)\s*[0-9]+", re.MULTILINE)
MARKS = ("No.", "no.", "№")


@pytest.mark.parametrize("text", TEXTS)
def test_pattern_tried_where_its_words_stand_finds_what_it_finds_anywhere(text):
    page = Passage.whole(text)

    assert _found(page.all_at(NUMBER, places_of(text, *MARKS))) == _found(page.all(NUMBER))
    assert _found(page.all_at(LINE, lines_with(text, *MARKS))) == _found(page.all(LINE))


def test_place_within_what_was_found_before_is_passed_over():
    page = Passage.whole("aaaa a")

    assert _found(page.all_at(re.compile("aa"), places_of(page.text, "a"))) == ["aa", "aa"]


def test_line_that_holds_a_word_often_is_named_once():
    assert lines_with("a a\nb\na\n", "a") == [0, 6]


def _found(found) -> list[str]:
    return [passage.text for passage, _ in found]
