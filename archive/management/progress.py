"""Progress on the command line: a bar with rate and remaining time on a terminal, plain lines otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from archive.accession.pace import paced
from archive.accession.standing import Standing, standing_of

__all__ = ["Bar", "Standing", "standing_of"]

#: Characters of the bar itself.
WIDTH = 30
#: Seconds between two plain lines, or a log would be nothing else.
EVERY = 5.0


class Bar:
    """A bar that is drawn anew in place on a terminal. Elsewhere a line now and then, and one at the end."""

    def __init__(self, stream: Any, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._terminal = bool(getattr(stream, "isatty", bool)())
        self._shown: Standing | None = None
        self._since = self._first = self._at = 0.0

    def show(self, standing: Standing, *, ended: bool = False) -> None:
        """Show how far it is."""
        now = self._clock()
        if self._shown is None or standing.of != self._shown.of:
            self._since, self._first, self._at = now, standing.done, 0.0
        if standing != self._shown or ended:
            if self._terminal:
                self._stream.write(f"\r\x1b[K{self._drawn(standing, now)}", ending="\n" if ended else "")
                self._stream.flush()
            elif ended or self._shown is None or standing.of != self._shown.of or now - self._at >= EVERY:
                self._stream.write(self._plain(standing, now))
                self._at = now
        self._shown = standing

    def say(self, words: str) -> None:
        """A line of its own."""
        self._stream.write(f"\r\x1b[K{words}" if self._terminal else words)

    def _drawn(self, standing: Standing, now: float) -> str:
        full = WIDTH * standing.done // standing.total if standing.total else WIDTH
        return f"[{'#' * full}{'.' * (WIDTH - full)}] {self._plain(standing, now)}"

    def _plain(self, standing: Standing, now: float) -> str:
        """``120 of 483 documents, 52 a second, 7 s left``."""
        said = f"{standing.done:,} of {standing.total:,} {standing.of}"
        passed, done = now - self._since, standing.done - self._first
        pace = paced(standing, done / passed) if passed > 0 and done > 0 else ""
        return ", ".join(filter(None, (said, pace)))
