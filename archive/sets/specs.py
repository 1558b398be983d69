"""setSpecs: names made of whatever codes an archive has, in the few characters that a setSpec may have.

The pattern of OAI-PMH.xsd allows letters and digits of ASCII and ``-_.!~*'()`` in a part. Every other character
stands as its number in Unicode between tildes, so that two codes never come to one name: ``1/2`` is ``1~2f~2``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

#: Characters of a part, and of a whole setSpec as archive.models.SetMembership holds it.
PART, WHOLE = 40, 300

UNFIT = re.compile(r"[^A-Za-z0-9\-_.!*'()]", re.ASCII)
ESCAPED = re.compile("~([0-9a-f]+)~")
#: Begins what stands for the rest of something that is too long. No escape begins so: ``h`` is no digit.
CUT = "~h"


def part(code: str) -> str:
    """A code as part of a setSpec; a long one keeps its beginning, and a checksum of the whole."""
    written = UNFIT.sub(lambda each: f"~{ord(each[0]):x}~", code)
    return written if len(written) <= PART else f"{written[: PART - 14]}{_cut(code)}"


def code_of(part: str) -> str | None:
    """The code that a part was made of; None where it was too long to be kept."""
    return None if CUT in part else ESCAPED.sub(lambda each: chr(int(each[1], 16)), part)


def joined(parts: Sequence[str]) -> str:
    """A setSpec. One that would be too long ends in a checksum, below the last set above it that is not."""
    spec = ":".join(parts)
    if len(spec) <= WHOLE:
        return spec
    kept = list(parts)
    while len(":".join(kept)) > WHOLE - 15:
        kept.pop()
    return ":".join([*kept, _cut(spec)])


def lineage(parts: Sequence[str], *, step: int = 1) -> Iterator[str]:
    """The setSpecs of a set and of those above it, from the top down; ``step`` parts name one of them."""
    for depth in range(1 + 1, len(parts) + 1, step):
        yield joined(parts[:depth])


def _cut(text: str) -> str:
    return CUT + hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:12]
