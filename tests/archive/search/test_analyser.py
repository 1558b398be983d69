import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.words import analyse


def terms(text):
    return [token.term for token in analyse(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. troops", ["u", "s", "troops"]),
        ("fond 059a, ll.0085", ["fond", "059a", "ll", "0085"]),
        ("Рощин", ["рощин"]),
        ("停战协定", ["停", "战", "协", "定"]),
        ("한국 전쟁", ["한", "국", "전", "쟁"]),
        ("１９５０年", ["1950", "年"]),
        ("ﾃﾞﾓ", ["デ", "モ"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("snake_case * \x00 “”", ["snake", "case"]),
    ],
)
def test_text_is_cut_into_terms(text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize("text", ["Московский район", "한국 전쟁", "Đồng chí"])
def test_composed_and_decomposed_text_give_the_same_terms(text):
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@given(st.text())
def test_terms_can_break_out_of_no_quotes_and_stand_in_order(text):
    end = 0
    for token in analyse(text):
        assert token.term
        assert not set(token.term) & set(" '\"\\\x00%*:()")
        assert end <= token.start < token.end <= len(text)
        end = token.end
