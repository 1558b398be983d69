"""The characters that XML can carry."""

import pytest

from archive.vocab.characters import ILLEGAL, any_illegal, legal, tells


def test_bytes_tell_the_same_as_letters():
    letters = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x10000), 0x1FFFE, 0x10FFFF)]

    told = [letter for letter in letters if any_illegal(f"a{letter}b".encode())]

    assert told == [letter for letter in letters if ILLEGAL.search(letter)]


@pytest.mark.parametrize("after", ["", "a", " "])
def test_text_tells_something_where_anything_is_left_of_it(after):
    texts = [chr(code) + after for code in range(0x11000)]

    assert [text for text in texts if tells(text) != bool(legal(text).strip())] == []
