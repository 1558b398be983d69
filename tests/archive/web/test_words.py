import pytest

from archive.web.templatetags.archive_web import language_name, web_address


@pytest.mark.parametrize(
    ("tag", "name"), [("en", "English"), ("ru", "Russian"), ("zh-Hant-TW", "Chinese"), ("xx-odd", "xx-odd")]
)
def test_languages_have_names(tag, name):
    assert language_name(tag) == name


def test_only_web_addresses_become_links():
    assert web_address("https://example.org/")
    assert not web_address("javascript:alert(1)")
