"""``manage.py accession PATH…``: bring sources in, and wait until they are."""

from __future__ import annotations

import json
import shutil
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive import accession
from archive.accession.report import Report, reports_of
from archive.models import Accession, AccessionItem, Collection, ColumnMapping
from archive.models.accession import AccessionState
from archive.readers import Source, SourceRefused
from archive.readers.tables.mapping import ColumnMapping as Mapping

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
        parser.add_argument("--mapping", metavar="NAME", help="read the columns of tables by the mapping of this name")
        parser.add_argument(
            "--refused",
            type=Path,
            metavar="FILE",
            help="write what did not come in to a file, to be mended",
        )
        parser.add_argument(
            "--patience",
            type=float,
            default=10,
            metavar="SECONDS",
            help="do the work here if no worker has begun by then (default: 10)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        if options["refused"] and options["dry_run"]:
            raise CommandError("A dry run leaves nothing behind: leave out --refused, or --dry-run.")
        mapping = mapping_called(options["mapping"])
        sources = list(sources_at(options["path"]))
        for source in sources:
            source.mapping = mapping
        if not sources:
            raise CommandError("There is no file at the given paths.")
        collection = collection_of(options["collection"])
        if options["dry_run"]:
            reports: Sequence[Report] = list(accession.rehearse(sources, collection=collection))
        else:
            reports = self.bring_in(
                sources,
                publish=options["publish"],
                collection=collection,
                patience=options["patience"],
                refused=options["refused"],
            )
        for report in reports:
            self.tell(report, as_json=options["json"])
        bad = sum(not report.came_in for report in reports)
        if bad:
            raise CommandError(f"{bad} of {len(reports)} did not come in, or came in with errors.")

    def bring_in(
        self,
        sources: Sequence[Source],
        *,
        publish: bool,
        collection: Collection | None,
        patience: float,
        refused: Path | None,
    ) -> list[Report]:
        """Submit, wait, write what did not come in, and report."""
        try:
            submitted = accession.submit(sources, publish=publish, collection=collection)
        except SourceRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.wait_for(submitted, patience)
        if refused:
            self.write_refusals(submitted, refused)
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

    def write_refusals(self, submitted: Accession, path: Path) -> None:
        """Write the file of what did not come in, if anything did not."""
        refusals = accession.refusals(submitted)
        if refusals is None:
            return
        with refusals.file as file, path.open("wb") as written:
            shutil.copyfileobj(file, written)
        self.stderr.write(f"What did not come in is in {path}; mend it and hand it in as {Path(refusals.name).name}.")

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

    :raises CommandError: for a path that is not there.
    """
    for path in paths:
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file())
            for file in files:
                if not any(part.startswith(".") for part in file.relative_to(path).parts):
                    yield Source(str(file.relative_to(path)), file.read_bytes())
        elif path.is_file():
            yield Source(path.name, path.read_bytes())
        else:
            raise CommandError(f"There is no file or folder {path}.")


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


def mapping_called(name: str | None) -> Mapping | None:
    """The column mapping of this name.

    :raises CommandError: naming those that there are, if there is none.
    """
    if not name:
        return None
    found = ColumnMapping.objects.filter(name=name).first()
    if found is None:
        names = ", ".join(ColumnMapping.objects.values_list("name", flat=True)) or "none yet"
        raise CommandError(f"There is no mapping {name!r}. There are: {names}.")
    return found.as_mapping()
