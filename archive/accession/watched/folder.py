"""What lies in the watched folder, and what of it has come to rest.

A file has come to rest once its size and its time have not changed for a while, by the clock of this machine: the
times that a file carries may be those of another. A folder has when nothing in it has changed; it is taken whole, so
that a table finds its texts and a transcript its scans. Loose files wait for one another for the same reason, though
not for ever.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import stat
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.accession.folders import passed_over
from archive.conf import conf

logger = logging.getLogger(__name__)

IN_WORK, TAKEN_IN, REFUSED = "_in_work", "_taken_in", "_refused"
_OURS = frozenset({IN_WORK, TAKEN_IN, REFUSED})
#: How programs end the names of files that they are still writing.
UNDER_WAY = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp", ".upload")
#: Loose files that rest wait for those that do not, as many times as long as it takes to count as resting.
PATIENCE = 12
#: What was seen last, and when it was first seen so. If it is lost, everything has to rest once more.
_SEEN, _LOCK = ".seen.json", ".lock"
#: How the names of claims of loose files begin.
LOOSE = "loose-"


class WatchedFolderMissing(Exception):  # noqa: N818 - the name says the outcome
    """There is no folder to watch; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A file or a folder directly in the watched folder. ``mark`` is another one as soon as anything in it changes."""

    path: Path
    mark: str
    is_folder: bool
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """The watched folder. ``rest`` is for how many seconds nothing may change."""

    root: Path
    rest: float
    clock: Callable[[], float] = time.time

    @classmethod
    def of_site(cls, *, at_once: bool = False) -> Watched:
        """The folder that the site watches.

        :raises WatchedFolderMissing: there is none, or it cannot be written to.
        """
        if not conf().WATCHED_FOLDER:
            raise WatchedFolderMissing("This site watches no folder. Set WATCHED_FOLDER.")
        root = Path(conf().WATCHED_FOLDER)
        if not root.is_dir() or not os.access(root, os.R_OK | os.W_OK | os.X_OK):
            raise WatchedFolderMissing(
                f"{root} is no folder in which this site may read and write. See WATCHED_FOLDER."
            )
        return cls(root, 0 if at_once else conf().WATCHED_SECONDS)

    @property
    def in_work(self) -> Path:
        """Where claims are."""
        return self.root / IN_WORK

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Whether nobody else looks; until the end nobody does. A process that is killed lets go."""
        self.in_work.mkdir(exist_ok=True)
        with (self.in_work / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
            else:
                yield True

    def claims(self) -> list[Path]:
        """What is in work, the oldest first."""
        found = [each for each in self.in_work.iterdir() if each.is_dir() and not each.name.startswith(".")]
        return sorted(found, key=lambda each: (each.stat().st_mtime_ns, each.name))

    def claim(self, *, open_claim: Path | None) -> list[str]:
        """Move what rests to claims; the names of what does not yet.

        ``open_claim`` is one of loose files that nobody has handed in: further ones join it.
        """
        lying = list(self._lying())
        since = self._since(lying)
        now = self.clock()
        resting = {each.path for each in lying if not each.under_way and now - since[each.path.name] >= self.rest}
        loose = [each for each in lying if not each.is_folder]
        if not all(each.path in resting for each in loose):
            longest = max((now - since[each.path.name] for each in loose if each.path in resting), default=0)
            if longest < self.rest * PATIENCE:
                resting -= {each.path for each in loose}
        together = open_claim or self.in_work / f"{LOOSE}{uuid.uuid4().hex}"
        taken = {each.path for each in lying if each.path in resting and self._moved(each, together)}
        return [each.path.name for each in lying if each.path not in taken]

    def _moved(self, lying: Lying, together: Path) -> bool:
        """Move something to a claim: a folder to one of its own, loose files ``together``."""
        claim = self.in_work / uuid.uuid4().hex if lying.is_folder else together
        target = claim / lying.path.name
        if os.path.lexists(target):  # an older file of that name is in work and not handed in yet
            return False
        claim.mkdir(exist_ok=True)
        try:
            lying.path.rename(target)
        except OSError as error:
            logger.warning("%s cannot be taken from the watched folder: %s", lying.path.name, error)
            return False
        if _mark(target)[0] != lying.mark:  # it was written to in the last moment
            if not os.path.lexists(lying.path):
                target.rename(lying.path)
            return False
        return True

    def _lying(self) -> Iterator[Lying]:
        """What lies in the folder, but for what is hidden, empty, or ours."""
        for path in sorted(self.root.iterdir()):
            if path.name in _OURS or passed_over(path.name):
                continue
            with suppress(FileNotFoundError):  # somebody has taken it away
                mark, files, under_way = _mark(path)
                if files:
                    yield Lying(path, mark, stat.S_ISDIR(path.lstat().st_mode), under_way)

    def _since(self, lying: Sequence[Lying]) -> dict[str, float]:
        """Since when each has been as it is, remembered from look to look."""
        before, now = self._remembered(), self.clock()
        seen = {}
        for each in lying:
            mark, since = before.get(each.path.name, ("", now))
            # A clock that was put back must not make anything wait for ever.
            seen[each.path.name] = (each.mark, since if mark == each.mark and since <= now else now)
        new = self.in_work / f"{_SEEN}.new"
        new.write_text(json.dumps(seen))
        new.replace(self.in_work / _SEEN)
        return {name: since for name, (_, since) in seen.items()}

    def _remembered(self) -> dict[str, Any]:
        try:
            found = json.loads((self.in_work / _SEEN).read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def _mark(path: Path) -> tuple[str, int, bool]:
    """What changes when anything at a path does, how many files it has, and whether one of them is still written.

    :raises FileNotFoundError: it is gone.
    """
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode):
        return _of(found), 1, path.name.lower().endswith(UNDER_WAY)
    digest, files, under_way = hashlib.sha256(), 0, False
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            each = Path(folder) / name
            digest.update(f"{os.fsencode(each.relative_to(path))!r} {_of(each.lstat())}\n".encode())
            files += not passed_over(name)
            under_way |= name.lower().endswith(UNDER_WAY)
    return digest.hexdigest(), files, under_way


def _of(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"
