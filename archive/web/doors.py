"""Doors: where programs come in, as the page about the archive tells it.

Each installed app registers its own from its module ``panels``; the pages know none of them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Door:
    """An address for programs: what it is called, where it is, and what comes out."""

    name: str
    address: str
    meaning: str | Promise


Doors = Callable[[], Iterable[Door]]


class Registry:
    """The doors of all installed apps, in the order of the apps."""

    def __init__(self) -> None:
        self._doors: dict[str, Doors] = {}

    def register(self, name: str, doors: Doors) -> None:
        """Add the doors of an app, which are asked for whenever the page is."""
        self._doors[name] = doors

    def __iter__(self) -> Iterator[Door]:
        for doors in self._doors.values():
            try:
                yield from doors()
            except NoReverseMatch:
                # The app is installed, and its addresses are not part of this site.
                continue


registry = Registry()
