import pytest

from archive.vocab.dates import read, read_moment


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("October 13, 1950", "1950-10-13"),
        ("13 October 1950", "1950-10-13"),
        ("31 Aug. 1950", "1950-08-31"),
        ("5 июля 1950", "1950-07-05"),
        ("May 1950", "1950-05"),
        ("1950", "1950"),
        ("13.7.50", "1950-07-13"),
        ("13.1.1951", "1951-01-13"),
        ("10/14/50", "1950-10-14"),
        ("24.III.50", "1950-03-24"),
        ("1950-10-13", "1950-10-13"),
    ],
)
def test_form_of_a_date_is_read(words, edtf):
    assert read(words).edtf == edtf


def test_century_comes_from_the_date_near_by():
    reading = read("13.7.50", near="1850-01-01")

    assert reading.edtf == "1850-07-13"
    assert reading.inferred == "century from the date of the document, 1850-01-01"


def test_century_without_a_date_near_by_is_marked_as_assumed():
    assert "assumed" in read("13.7.50").inferred


@pytest.mark.parametrize(
    ("words", "near", "edtf"),
    [
        ("13.10", "1950-10-13", "1950-10-13"),
        ("31.12", "1951-01-02", "1950-12-31"),
        ("2.1", "1950-12-31", "1951-01-02"),
        ("13 September of this year", "1950", "1950-09-13"),
    ],
)
def test_missing_year_is_the_nearest(words, near, edtf):
    reading = read(words, near=near)

    assert reading.edtf == edtf
    assert reading.inferred.startswith("year from")


@pytest.mark.parametrize("words", ["30.2.50", "13.10", "14/13/50"])
def test_day_that_cannot_be_told_is_doubted_and_not_guessed(words):
    reading = read(words)

    assert reading.edtf == ""
    assert words in reading.doubt


@pytest.mark.parametrize("words", ["", "Telegram", "13", "1234567", "99.99.99.99"])
def test_other_words_are_no_date(words):
    assert read(words) is None


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on 10/14/50 at 01:38 a.m.", "1950-10-14T01:38"),
        ("03:15  \n13.7.50", "1950-07-13T03:15"),
        ("20 hours 05\nminutes, 13.1.1951", "1951-01-13T20:05"),
        ("1.1.50 12:10 a.m.", "1950-01-01T00:10"),
        ("1.1.50 1:10 p.m.", "1950-01-01T13:10"),
        ("31.8 17:27", "1950-08-31T17:27"),
    ],
)
def test_moment_is_read_to_the_minute(words, edtf):
    assert read_moment(words, near="1950-10-13").edtf == edtf


def test_time_that_no_clock_shows_leaves_the_day():
    reading = read_moment("31.8.50 25:27")

    assert reading.edtf == "1950-08-31"
    assert "25:27" in reading.doubt


def test_afternoon_told_twice_is_doubted():
    reading = read_moment("13:30 p.m. 1.1.50")

    assert reading.edtf == "1950-01-01T13:30"
    assert "13:30 p.m." in reading.doubt
