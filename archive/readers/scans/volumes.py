"""Volumes: files of one page each that are the pages of one document, told by their numbers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from archive.readers.refused import Companion
from archive.readers.scans import belonging
from archive.readers.source import Source


def volume(source: Source, recognises: Callable[[Source], bool]) -> tuple[Source, ...]:
    """A file and those that follow it by number, as far as they are of the same format.

    :raises Companion: the file itself follows another.
    """
    alike = {each.name: each for each in source.alike(belonging.base(source.name))}
    names = belonging.series(source.name, alike)
    here = names.index(source.name)
    before = list(takewhile(lambda name: recognises(alike[name]), reversed(names[:here])))
    if before:
        raise Companion(source.name, of=before[-1])
    following = takewhile(lambda name: recognises(alike[name]), names[here + 1 :])
    found = (source.neighbour(belonging.last(name)) for name in following)
    return (source, *filter(None, found))
