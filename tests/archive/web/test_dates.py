"""Dates as readers find them on the pages."""

import pytest
from django.utils import translation

from archive.web.dates import in_words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1950", "1950"),
        ("1950-10", "October 1950"),
        ("1950-10-14", "14 October 1950"),
        ("1950-10-14T01:38", "14 October 1950, 01:38"),
        ("1950-10-14T01:38:00", "14 October 1950, 01:38"),
        ("1950-10-14?", "14 October 1950, perhaps"),
        ("1950~", "about 1950"),
        ("1950-10%", "about October 1950"),
        ("195X", "1950s"),
        ("1950-XX", "1950"),
        ("1950-10-XX", "October 1950"),
        ("1950-03-05/1950-03-06", "5–6 March 1950"),
        ("1950-02-28/1950-03-06", "28 February 1950 – 6 March 1950"),
        ("1950-03-05/1951", "5 March 1950 – 1951"),
        ("1903-05-01?/1903-05-31?", "May 1903, perhaps"),
        ("1903-01-01/1903-12-31", "1903"),
        ("1878~/1953", "about 1878 – 1953"),
        ("1878~/1953~", "about 1878 – 1953"),
        ("1950/..", "from 1950 on"),
        ("../1950-10", "until October 1950"),
        ("/1950-10?", "until October 1950, perhaps"),
    ],
)
def test_date_is_written_in_words(edtf, words):
    assert in_words(edtf) == words


@pytest.mark.parametrize(
    "edtf", ["", "1950-13", "1950-02-30", "1950-21", "[1950,1951]", "-0043", "../..", "x/1950", "Y17000"]
)
def test_what_is_rare_or_wrong_stays_as_it_is(edtf):
    assert in_words(edtf) == edtf


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "предположительно 5–6 марта 1950\N{NO-BREAK SPACE}г."), ("zh-hans", "可能是1950年3月5日 – 1950年3月6日"),
     ("ko", "1950년 3월 5일 – 1950년 3월 6일(추정)")],
)  # fmt: skip
def test_date_is_written_as_the_language_has_it(language, words):
    with translation.override(language):
        assert in_words("1950-03-05?/1950-03-06?") == words
