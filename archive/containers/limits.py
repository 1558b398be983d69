"""Limits: how much a container may hold before it is taken for an attack. A site sets them in ``FONDS``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a container may hold. Sizes are in bytes."""

    #: Members of one container, folders and what is passed over counted too.
    members: int = 100_000
    #: One member, unpacked.
    member_size: int = 64 * 1024 * 1024
    #: All members of one container that are not refused, unpacked.
    size: int = 8 * 1024 * 1024 * 1024
    #: How many times larger than packed a member may be. Transcripts pack to a tenth, bombs to a thousandth.
    ratio: int = 200
    #: What stands after a limit in a message, where it is not that of every container: why it is as low.
    said: str = ""


#: Members smaller than this are not asked how well they were packed: they can do no harm, and blank pages pack well.
SMALL = 1024 * 1024
#: Longest path of a member that is kept, in characters.
LONGEST_NAME = 500
#: What may come out of any file, however small it is; beyond that the ratio counts for all its members together.
FLOOR = 64 * 1024 * 1024
