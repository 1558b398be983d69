"""State: which dump counts now, and whether it may still be given away."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.conf import conf
from archive.lod.changes import FORMAT
from archive.models import Representation


@dataclass(frozen=True, slots=True)
class File:
    """A file of a dump; ``size`` in bytes, ``sha256`` in hexadecimal."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dump:
    """A whole dump, and the files of changes that lead up to it from earlier ones."""

    #: Up to which datestamp it tells everything, and when it was written.
    until: datetime
    written_at: datetime
    graphs: int
    triples: int
    files: tuple[File, ...]
    #: For each a file with the graphs as they are now, and one with the graphs to drop before.
    changes: tuple[File, ...] = ()

    @property
    def all_files(self) -> tuple[File, ...]:
        """Every file that may be asked for."""
        return (*self.files, *self.changes)


def folder() -> Path | None:
    """The folder of the dumps; None where the site makes none."""
    return Path(conf().DUMPS) if conf().DUMPS else None


def current() -> Dump | None:
    """The dump that counts; None before the first."""
    root = folder()
    if root is None:
        return None
    try:
        read: dict[str, Any] = json.loads((root / "dump.json").read_text())
        times = {name: datetime.fromisoformat(read[name]) for name in ("until", "written_at")}
        files = {name: tuple(File(**each) for each in read[name]) for name in ("files", "changes")}
        return Dump(**{**read, **times, **files})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(root: Path, dump: Dump) -> None:
    """Let a dump be the one that counts."""
    told = {**asdict(dump), "until": dump.until.isoformat(), "written_at": dump.written_at.isoformat()}
    scratch = root / f"dump.{os.getpid()}"
    scratch.write_text(json.dumps(told))
    scratch.replace(root / "dump.json")


def holds_what_was_withdrawn(dump: Dump) -> bool:
    """Whether something was withdrawn since, which the files therefore must not be given away with."""
    return Representation.objects.filter(format=FORMAT, withdrawn=True, changed_at__gt=dump.until).exists()
