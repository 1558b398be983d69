"""The tag files of a bag: its declaration and what it says of itself (RFC 8493, sections 2.1.1 and 2.2.2)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Versions that were published, from the first draft in use to the RFC.
_VERSIONS = frozenset({(0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0)})
#: Section 2.1.1: these two lines, one blank after each colon, in this order, in UTF-8 without a byte order mark.
_DECLARATION = re.compile(
    rb"BagIt-Version: (?P<major>[0-9]+)\.(?P<minor>[0-9]+)(?:\r\n|\r|\n)"
    rb"Tag-File-Character-Encoding: (?P<encoding>[!-~]+)(?:\r\n|\r|\n)?"
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What ``bagit.txt`` says."""

    version: tuple[int, int]
    encoding: str


def declaration(content: bytes) -> Declaration:
    """The declaration of a bag.

    :raises ValueError: saying what is wrong with it, to stand after its name.
    """
    if content.startswith(codecs.BOM_UTF8):
        raise ValueError("begins with a byte order mark, which RFC 8493 forbids")
    match = _DECLARATION.fullmatch(content)
    if match is None:
        raise ValueError("does not hold exactly the version and the encoding, as RFC 8493 asks in section 2.1.1")
    version = int(match["major"]), int(match["minor"])
    if version not in _VERSIONS:
        raise ValueError(f"gives version {version[0]}.{version[1]}, which is none that we know")
    encoding = match["encoding"].decode()
    try:
        b"".decode(encoding)
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        raise ValueError(f"names an encoding that is none, {encoding}") from None
    return Declaration(version, encoding)


def tags(text: str) -> Iterator[tuple[str, str]]:
    """What the bag says of itself: labels and values in order; a value may run over indented lines.

    Lines that have no label are left out, for nothing of the bag depends on them.
    """
    label, value = "", ""
    for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")):
        if line[:1] in (" ", "\t") and label:
            value = f"{value} {line.strip()}"
            continue
        if label:
            yield label, value
        label, _, value = (part.strip() for part in line.partition(":"))
    if label:
        yield label, value
