"""``manage.py accession PATH…``: bring sources in, and wait until they are."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive import accession
from archive.accession.limits import container_limits
from archive.accession.report import Report, reports_of
from archive.containers import is_bag, payload_at
from archive.models import Accession, AccessionItem, Collection
from archive.models.accession import AccessionState
from archive.readers import Source, SourceRefused

#: Seconds between two looks at the database while a worker works.
POLL = 0.2


class Command(BaseCommand):
    """Submits sources, waits for the worker, and tells what became of each document."""

    help = (
        "Bring files, or all files below folders, in as documents. Exits 0 only if each came in or was known already."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("path", nargs="+", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="read and enter everything, report, keep nothing")
        parser.add_argument("--publish", action="store_true", help="publish each document as soon as it is in")
        parser.add_argument("--collection", metavar="SLUG", help="put every document into this collection")
        parser.add_argument("--json", action="store_true", help="one JSON object a line for each document")
        parser.add_argument(
            "--patience",
            type=float,
            default=10,
            metavar="SECONDS",
            help="do the work here if no worker has begun by then (default: 10)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        sources = list(sources_at(options["path"]))
        if not sources:
            raise CommandError("There is no file at the given paths.")
        collection = collection_of(options["collection"])
        if options["dry_run"]:
            reports: Sequence[Report] = list(accession.rehearse(sources, collection=collection))
        else:
            reports = self.bring_in(
                sources, publish=options["publish"], collection=collection, patience=options["patience"]
            )
        for report in reports:
            self.tell(report, as_json=options["json"])
        bad = sum(not report.came_in for report in reports)
        if bad:
            raise CommandError(f"{bad} of {len(reports)} did not come in, or came in with errors.")

    def bring_in(
        self, sources: Sequence[Source], *, publish: bool, collection: Collection | None, patience: float
    ) -> list[Report]:
        """Submit, wait, and report."""
        try:
            submitted = accession.submit(sources, publish=publish, collection=collection)
        except SourceRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.wait_for(submitted, patience)
        return list(reports_of(submitted))

    def wait_for(self, submitted: Accession, patience: float) -> None:
        """Show progress until the accession is done; do the work here if nobody else begins."""
        begun = time.monotonic()
        shown = -1
        while True:
            submitted.refresh_from_db()
            total = submitted.items.count()
            done = submitted.items.exclude(state__in=AccessionItem.OPEN).count()
            if done != shown:
                self.stderr.write(f"{done} of {total}")
                shown = done
            if submitted.state not in {AccessionState.QUEUED, AccessionState.RUNNING}:
                return
            if submitted.state == AccessionState.QUEUED and time.monotonic() - begun > patience:
                self.stderr.write(f"No worker has begun within {patience:g} seconds; doing the work here.")
                accession.run(submitted.pk)
            else:
                time.sleep(POLL)

    def tell(self, report: Report, *, as_json: bool) -> None:
        """One line for one document."""
        if as_json:
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False))
            return
        said = [report.outcome, report.source, report.identifier, report.reason]
        self.stdout.write("  ".join(part for part in said if part))
        for notice in report.notices:
            self.stdout.write(f"    notice: {notice['message']}")


def sources_at(paths: Sequence[Path]) -> Iterator[Source]:
    """The files at the paths, those of folders in alphabetical order; hidden files are passed over.

    A folder that is a bag (BagIt) is checked as one, and gives its payload.

    :raises CommandError: for a path that is not there, and for a bag that is broken, with the file that breaks it.
    """
    for path in paths:
        if path.is_dir():
            yield from files_below(path, within=path)
        elif path.is_file():
            yield Source(path.name, path.read_bytes())
        else:
            raise CommandError(f"There is no file or folder {path}.")


def files_below(folder: Path, *, within: Path) -> Iterator[Source]:
    """The files of a folder and of those below it, named by their path from ``within``.

    :raises CommandError: for a bag that is broken.
    """
    if is_bag(folder):
        yield from files_of_bag(folder, within=within)
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from files_below(path, within=within)
        elif path.is_file():
            yield Source(path.relative_to(within).as_posix(), path.read_bytes())


def files_of_bag(folder: Path, *, within: Path) -> Iterator[Source]:
    """The payload of a bag, once every checksum in it was found right.

    :raises CommandError: with the file that breaks it.
    """
    try:
        for file in payload_at(folder, limits=container_limits()):
            yield Source((folder / file.name).relative_to(within).as_posix(), opening=file.open, size=file.size)
    except SourceRefused as refusal:
        raise CommandError(str(refusal)) from refusal


def collection_of(slug: str | None) -> Collection | None:
    """The collection with this slug.

    :raises CommandError: naming those that there are, if there is none.
    """
    if not slug:
        return None
    found = Collection.objects.filter(slug=slug).first()
    if found is None:
        slugs = ", ".join(Collection.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no collection {slug!r}. There are: {slugs}.")
    return found
