"""The characters that XML 1.0 can carry (section 2.2, production Char).

The others cannot stand in a document at all, not even as character references, and one of them makes a whole page of
records unreadable. They are taken out where something is written, so that nothing can bring them back.
"""

from __future__ import annotations

import re

#: What no XML can carry; surrogates among it, which UTF-8 cannot hold either.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str, *, instead: str = "") -> str:
    """The text without the characters that XML cannot carry, or with another in the place of each."""
    return ILLEGAL.sub(instead, text)
