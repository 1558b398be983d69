"""The characters that XML 1.0 can carry (section 2.2, production Char).

The others cannot stand in a document at all, not even as character references, and one of them makes a whole page of
records unreadable. They are taken out where something is written, so that nothing can bring them back.
"""

from __future__ import annotations

import re

#: What no XML can carry; surrogates among it, which UTF-8 cannot hold either.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
#: The byte that both begin with. To look for one byte takes a hundredth of the time.
_BEFORE_NONCHARACTER = _NONCHARACTERS[0][:1]


def any_illegal(utf8: bytes) -> bool:
    """Whether a text in UTF-8, which can hold no surrogate, has one of these. A page is told in a microsecond."""
    if len(utf8.translate(None, _CONTROLS)) < len(utf8):
        return True
    return _BEFORE_NONCHARACTER in utf8 and any(each in utf8 for each in _NONCHARACTERS)


def legal(text: str, *, instead: str = "") -> str:
    """The text without the characters that XML cannot carry, or with another in the place of each."""
    return ILLEGAL.sub(instead, text)


def tells(text: str) -> bool:
    """Whether anything but blanks is left of a text without them: most begin with a letter, which is enough."""
    return text[:1].isalnum() or bool(legal(text).strip())
