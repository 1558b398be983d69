"""Copies: where the store lies, and which of its copies is asked now.

The folder ``SPARQL_STORE`` holds what the writer writes (``written-…``), consistent copies of it that nobody writes
(``copy-…``), and ``state.json``, which names the present one of each and is replaced in one step. Both can be made
anew from the representations. Knows no RDF library, so that a web process need not load one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from archive.conf import conf

#: With what the name of a store begins that is laid out as ``writing`` has it. One of another layout is written anew.
WRITTEN = "written-merged-"


@dataclass(frozen=True, slots=True)
class State:
    """What is where: the names of folders, and up to which datestamp they tell everything."""

    written: str
    copy: str
    until: datetime
    #: The ``PUBLIC_BASE_URL`` from which the addresses in the store were made.
    base: str

    @property
    def ours(self) -> bool:
        """Whether the store has today's layout, and the addresses that the site has."""
        return self.base == conf().PUBLIC_BASE_URL and self.written.startswith(WRITTEN)


def folder() -> Path | None:
    """The folder of the store; None where the site has none, and no SPARQL."""
    return Path(conf().SPARQL_STORE) if conf().SPARQL_STORE else None


def state(root: Path) -> State | None:
    """The state as it stands; None before the first store was written, or where the file cannot be read."""
    try:
        read = json.loads((root / "state.json").read_text())
        return State(**{**read, "until": datetime.fromisoformat(read["until"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(root: Path, new: State) -> None:
    """Let a new state be the one that counts, at once for everybody."""
    scratch = root / f"state.{os.getpid()}"
    scratch.write_text(json.dumps({**asdict(new), "until": new.until.isoformat()}))
    scratch.replace(root / "state.json")


def current() -> Path | None:
    """The copy that is to be asked; None while there is none, or none that the writer goes on with."""
    root = folder()
    found = state(root) if root else None
    return root / found.copy if root and found and found.ours else None
