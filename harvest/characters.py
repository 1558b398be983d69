"""The characters that XML 1.0 can carry (section 2.2).

The others cannot stand in a document at all, not even as character references, and one of them makes a whole
page of records unreadable. They are taken out when a record is written, so that nothing can bring them back.
"""

from __future__ import annotations

import re

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without the characters that XML cannot carry."""
    return ILLEGAL.sub("", text)
