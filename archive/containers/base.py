"""What a container promises: a source that holds other sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from archive.readers.source import Source


@dataclass(frozen=True, slots=True)
class RefusedMember:
    """A member of a container that cannot come in; its neighbours do.

    ``name`` is its path within the container, ``reason`` tells an archivist why, where, and what to do.
    """

    name: str
    reason: str


class Container(Protocol):
    """One format of sources that hold other sources."""

    #: Short name, as it stands in reports and in the database where a reader's stands otherwise.
    name: str
    #: Raised when the container understands more or otherwise.
    version: str

    def recognises(self, source: Source) -> bool:
        """Whether the source is such a container. Cheap, and never raises for a source that is none."""

    def remarks(self, source: Source) -> Iterator[str]:
        """What an archivist should know of the container itself: files passed over, names guessed at, who packed it.

        :raises SourceRefused: as ``members``.
        """

    def members(self, source: Source) -> Iterator[Source | RefusedMember]:
        """What the container holds, in its order, one at a time, without folders.

        The name of a member is its path within the container, with forward slashes. A member is opened before the
        next one is asked for, and may be gone after that: whoever wants it later keeps its bytes. Its ``size`` is
        known without reading it where the container tells, and reading it never gives more than the container may.
        A container in a container is a member like any other.

        :raises SourceRefused: where the container as a whole cannot come in. What was yielded before is in all the
            same, so check what can be checked before the first.
        """
