"""The characters that XML can carry."""

from archive.vocab.characters import ILLEGAL, any_illegal


def test_bytes_tell_the_same_as_letters():
    letters = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x10000), 0x1FFFE, 0x10FFFF)]

    told = [letter for letter in letters if any_illegal(f"a{letter}b".encode())]

    assert told == [letter for letter in letters if ILLEGAL.search(letter)]
