"""Settling: files of the watched folder put away once their accession has ended, those that did not come in apart.

``_refused/accession-12/`` gets the files that are not in, ``report.txt``, and where a part of a file is not in the
file that ``archive.accession.refusals`` makes. ``_taken_in/accession-12/`` gets all else. Each step may be repeated:
the claim is moved last.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.utils import timezone

from archive.accession.refusals import NOT_IN, refusals
from archive.accession.submission import presentable
from archive.accession.watched.folder import REFUSED, TAKEN_IN, Watched
from archive.models import Accession
from archive.models.accession import ItemState, SourceState

REPORT = "report.txt"
_LEFT_OUT = "The accession was cancelled before anybody came to this."


def settle(watched: Watched, claim: Path, accession: Accession) -> None:
    """Put the files of a claim away."""
    place = f"accession-{accession.pk}"
    told = list(_told(accession))
    if told:
        refused = watched.root / REFUSED / place
        refused.mkdir(parents=True, exist_ok=True)
        whole = _not_in(accession)
        for name, path in _by_name(claim).items():
            if name in whole:
                _move(path, refused / path.relative_to(claim))
        if len(whole) < len(told):
            _write_parts(accession, refused)
        _write(refused / REPORT, _report(accession, told).encode())
    for folder, _, _ in os.walk(claim, topdown=False):
        if not os.listdir(folder):  # noqa: PTH208 - whether there is anything
            Path(folder).rmdir()
    if claim.exists():
        _move(claim, watched.root / TAKEN_IN / place)


def _not_in(accession: Accession) -> set[str]:
    """The names of files that are not in as wholes."""
    rows = accession.sources.filter(container=None, state__in=[*NOT_IN, SourceState.CANCELLED])
    return set(rows.values_list("name", flat=True))


def _told(accession: Accession) -> Iterator[tuple[str, str]]:
    """What is not in, and why: whole files, members of containers, and documents of files."""
    states = [*NOT_IN, ItemState.CANCELLED]
    sources = accession.sources.filter(state__in=states).order_by("pk")
    yield from ((source.name, source.reason or _LEFT_OUT) for source in sources.iterator())
    items = accession.items.filter(state__in=states).select_related("source").defer("understood", "looked")
    for item in items.order_by("source_id", "part").iterator():
        yield f"{item.source.name}, document {item.part + 1}", item.reason or _LEFT_OUT


def _by_name(claim: Path) -> dict[str, Path]:
    """What lies in a claim, under the names that it has in the accession."""
    return {presentable(each.relative_to(claim).as_posix()): each for each in sorted(claim.rglob("*"))}


def _move(path: Path, to: Path) -> None:
    if os.path.lexists(path):
        to.parent.mkdir(parents=True, exist_ok=True)
        path.rename(to)


def _write_parts(accession: Accession, folder: Path) -> None:
    """Write the file of what is not in, to mend and to put into the watched folder again."""
    found = refusals(accession)
    if found is None:
        return
    with found.file as file, NamedTemporaryFile(dir=folder, prefix=".", delete=False) as written:
        shutil.copyfileobj(file, written)
    Path(written.name).replace(folder / Path(found.name).name)


def _write(path: Path, content: bytes) -> None:
    new = path.with_name(f".{path.name}")
    new.write_bytes(content)
    new.replace(path)


def _report(accession: Accession, told: list[tuple[str, str]]) -> str:
    """For people: what is not in, each with the reason below it."""
    there = accession.items.filter(state__in=accession.items.model.CAME_IN)
    known = there.filter(state=ItemState.KNOWN).count()
    already = f"{known:,} were known already" if known else ""
    told_of = ", ".join(filter(None, (f"{there.count() - known:,} documents came in", already)))
    lines = [f"{accession}, {timezone.now():%Y-%m-%d %H:%M} UTC: {told_of}. Not in:", ""]
    for name, reason in told:
        lines += [name, *(f"    {line}" for line in reason.splitlines()), ""]
    lines.append("Mend these files and put them into the watched folder again.")
    return "\n".join(lines) + "\n"
