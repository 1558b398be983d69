import pytest

from archive.web.templatetags.archive_web import edtf, language_name, web_address


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1950-10-13", "13 October 1950"),
        ("1950-10-14T01:38", "14 October 1950, 01:38"),
        ("1950-10", "October 1950"),
        ("1950", "1950"),
        ("1950-10~", "1950-10~"),
        ("1950-13-40", "1950-13-40"),
        ("1950/1953", "1950/1953"),
        ("", ""),
    ],
)
def test_dates_are_written_for_reading_and_odd_ones_left_alone(value, written):
    assert edtf(value) == written


@pytest.mark.parametrize(
    ("tag", "name"), [("en", "English"), ("ru", "Russian"), ("zh-Hant-TW", "Chinese"), ("xx-odd", "xx-odd")]
)
def test_languages_have_names(tag, name):
    assert language_name(tag) == name


def test_only_web_addresses_become_links():
    assert web_address("https://example.org/")
    assert not web_address("javascript:alert(1)")
