"""About: what is said of a record besides its metadata (OAI-PMH 2.0, section 2.5).

Each part is said for a whole page of records at once, so that one that asks the database asks it once. To add one,
write its function and name it in ``PARTS``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import repeat

from harvest.provider.provenance import provenance
from harvest.provider.rights import rights
from harvest.provider.rows import Found

#: For each of some records what stands in an ``<about>`` of it: one XML element in UTF-8, empty for nothing. Alone, it
#: stands in that of every one.
Part = Callable[[Found], Sequence[bytes] | bytes]


PARTS: tuple[Part, ...] = (rights, provenance)


def endings(found: Found) -> Sequence[bytes] | bytes:
    """For each record, none of them deleted, what ends it behind its metadata, with the ``<about>`` elements.

    Alone, it is that of every one.
    """
    parts = [part(found) for part in PARTS]
    if all(isinstance(each, bytes) for each in parts):
        return _ending(tuple(parts))
    columns = (repeat(each) if isinstance(each, bytes) else each for each in parts)
    return list(map(_ending, zip(*columns)))  # noqa: B905 - what stands in every one has no end


@lru_cache(maxsize=512)
def _ending(parts: Sequence[bytes]) -> bytes:
    said = b"".join(b"<about>" + part + b"</about>" for part in parts if part)
    return b"</metadata>" + said + b"</record>"
