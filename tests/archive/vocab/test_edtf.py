from datetime import date

import pytest

from archive.vocab.dates import bounds


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("1950", "1950-01-01", "1950-12-31"),
        ("1950-02", "1950-02-01", "1950-02-28"),
        ("1950-10-13", "1950-10-13", "1950-10-13"),
        ("1950-10-14T01:38", "1950-10-14", "1950-10-14"),
        ("1950-10-14T01:38:00+03:00", "1950-10-14", "1950-10-14"),
        ("1950?", "1950-01-01", "1950-12-31"),
        ("1950-10~", "1950-10-01", "1950-10-31"),
        ("1950-10-13%", "1950-10-13", "1950-10-13"),
        ("2004-06~-11", "2004-06-11", "2004-06-11"),
        ("195X", "1950-01-01", "1959-12-31"),
        ("1950-XX-XX", "1950-01-01", "1950-12-31"),
        ("1952-02-XX", "1952-02-01", "1952-02-29"),
        ("1950-1X", "1950-10-01", "1950-12-31"),
        ("1950-24", "1950-12-01", "1951-02-28"),
        ("1950/1951-02", "1950-01-01", "1951-02-28"),
        ("1950/..", "1950-01-01", None),
        ("../1950", None, "1950-12-31"),
        ("1950/", "1950-01-01", None),
        ("[1950,1951-03]", "1950-01-01", "1951-03-31"),
        ("{1950..1952}", "1950-01-01", "1952-12-31"),
        ("[..1950]", None, "1950-12-31"),
        ("-0043", "0001-01-01", "0001-01-01"),
        ("Y17000", "9999-12-31", "9999-12-31"),
    ],
)
def test_bounds_are_the_first_and_the_last_day(edtf, earliest, latest):
    assert bounds(edtf) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    "text",
    ["", "October 13", "1950-02-30", "1950-13", "1950-1-1", "1951/1950", "../..", "1950/51/52", "[1950", "1950T01:00"],
)
def test_what_is_not_edtf_says_so(text):
    with pytest.raises(ValueError, match=r"EDTF|no calendar"):
        bounds(text)


def test_time_that_no_clock_shows_is_not_edtf():
    with pytest.raises(ValueError, match="no clock"):
        bounds("1950-10-14T25:00")
