"""Content encodings: an answer compressed as its client reads it (RFC 9110, section 8.4; OAI-PMH 2.0, section 3.1.3).

zlib at its usual level takes several times as long as the page itself. isal writes the same format in an eleventh of
that, a fifth larger; zstd takes an eighth, and is a tenth larger. Both are used where they are installed (the extra
``site`` brings them); without isal, zlib does it at its quickest. Brotli at a level that pays is slower than either.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import lru_cache

try:
    from isal import isal_zlib
except ImportError:  # not on every platform
    isal_zlib = None  # type: ignore[assignment]
try:
    import zstandard
except ImportError:
    zstandard = None  # type: ignore[assignment]

#: Bytes below which nothing is gained.
SMALL = 512
#: zlib's number for gzip's header and trailer around one member. Never several: some clients read only the first.
AS_GZIP = 31


def _gzip(body: bytes) -> bytes:
    if isal_zlib is not None:
        return bytes(isal_zlib.compress(body, 2, AS_GZIP))
    return zlib.compress(body, 1, AS_GZIP)


def _zstd(body: bytes) -> bytes:
    return bytes(zstandard.ZstdCompressor(level=1).compress(body))


#: Best first.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {**({"zstd": _zstd} if zstandard else {}), "gzip": _gzip}


def offered() -> tuple[str, ...]:
    """The encodings that Identify names."""
    return tuple(ENCODINGS)


def encoded(body: bytes, accepted: str) -> tuple[bytes, str]:
    """The body as the header Accept-Encoding wants it, and the name of its encoding: empty if it stays as it is."""
    name = preferred(accepted) if len(body) >= SMALL else ""
    return (ENCODINGS[name](body), name) if name else (body, "")


@lru_cache(maxsize=256)
def preferred(accepted: str) -> str:
    """The encoding that a client likes best, of those that it likes alike the first; empty for none."""
    weights = dict(map(_weight, accepted.lower().split(",")))
    rest = weights.get("*", 0.0)
    best = max(ENCODINGS, key=lambda name: weights.get(name, rest))  # of equals, max takes the first
    weight = weights.get(best, rest)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else ""


def _weight(item: str) -> tuple[str, float]:
    """``gzip;q=0.5``; what has not that form weighs nothing."""
    name, _, parameter = item.partition(";")
    key, _, value = parameter.strip().partition("=")
    if not parameter:
        return name.strip(), 1.0
    try:
        return name.strip(), float(value) if key.strip() == "q" else 0.0
    except ValueError:
        return name.strip(), 0.0
