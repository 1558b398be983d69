"""ARKs and their check characters."""

from __future__ import annotations

import pytest

from archive.vocab.ark import ark, check_character, is_right


def test_check_character_is_that_of_the_published_example():
    assert check_character("13030/xf93gt2") == "q"


def test_ark_of_an_identifier_checks():
    assert ark("99999", "110692").startswith("ark:99999/110692")
    assert is_right(ark("99999", "110692"))


@pytest.mark.parametrize("wrong", ["ark:13030/xf93gt3q", "ark:13030/xf39gt2q", "ark:13030/xf93gt2", "ark:", ""])
def test_wrong_or_swapped_character_shows(wrong):
    assert is_right("ark:13030/xf93gt2q")
    assert not is_right(wrong)
