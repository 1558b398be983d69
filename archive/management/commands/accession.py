"""``manage.py accession PATH…``: bring sources in, and wait until they are."""

from __future__ import annotations

import shutil
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive import accession
from archive.accession.choices import NoSuchChoice, collection_of, mapping_called
from archive.accession.folders import files_below
from archive.accession.report import Report, reports_of
from archive.accession.submission import Given
from archive.accession.vanished import vanished_reports
from archive.containers import RefusedMember
from archive.management.progress import Bar, standing_of
from archive.management.telling import tell
from archive.management.undoing import accession_of, taken_back
from archive.models import Accession, Collection
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
        parser.add_argument("path", nargs="*", type=Path)
        parser.add_argument("--undo", metavar="ID", type=int, help="take back what the accession with this number did")
        parser.add_argument(
            "--replaces", metavar="ID", type=int, help="tell what this earlier accession had and is there no more"
        )
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
        if options["undo"] is not None:
            self.undo(**options)
            return
        if options["refused"] and options["dry_run"]:
            raise CommandError("A dry run leaves nothing behind: leave out --refused, or --dry-run.")
        given, collection = handed_in(options["path"], options["mapping"], options["collection"])
        replaces = accession_of(options["replaces"]) if options["replaces"] else None
        try:
            if options["dry_run"]:
                self.tell_all(self.rehearsed(given, collection, replaces), as_json=options["json"])
            else:
                submitted = accession.submit(
                    given, publish=options["publish"], collection=collection, replaces=replaces
                )
                self.wait_for(submitted, options["patience"])
                if options["refused"]:
                    self.write_refusals(submitted, options["refused"])
                reports = chain(reports_of(submitted), vanished_reports(submitted))
                self.tell_all(reports, as_json=options["json"])
        except SourceRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def undo(self, *, path: Sequence[Path], undo: int, **options: Any) -> None:
        """Take an accession back.

        :raises CommandError: if something of it could not be put back, or cannot be now.
        """
        if path:
            raise CommandError("--undo takes an accession back; it brings no files in at the same time.")
        taken_back(self, undo, dry_run=options["dry_run"], as_json=options["json"], patience=options["patience"])

    def rehearsed(
        self, given: Sequence[Given], collection: Collection | None, replaces: Accession | None
    ) -> Iterator[Report]:
        """The reports of a rehearsal, with its progress shown."""
        bar = Bar(self.stderr)
        yield from accession.rehearsed(
            given,
            collection=collection,
            replaces=replaces,
            on_progress=lambda rehearsal: bar.show(standing_of(rehearsal)),
        )

    def wait_for(self, submitted: Accession, patience: float) -> None:
        """Show progress until the accession is done; do the work here if nobody else begins."""
        begun, bar = time.monotonic(), Bar(self.stderr)
        while True:
            submitted.refresh_from_db()
            ended = submitted.state not in {AccessionState.QUEUED, AccessionState.RUNNING}
            bar.show(standing_of(submitted), ended=ended)
            if ended:
                return
            if submitted.state == AccessionState.QUEUED and time.monotonic() - begun > patience:
                bar.say(f"No worker has begun within {patience:g} seconds; doing the work here.")
                accession.run(submitted.pk, on_progress=lambda: bar.show(standing_of(submitted)))
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

    def tell_all(self, reports: Iterable[Report], *, as_json: bool) -> None:
        """One line for each document, and for each source that could not be read or has no document of its own.

        :raises CommandError: if something did not come in.
        """
        bad = total = 0
        for report in reports:
            tell(self.stdout, report, as_json=as_json)
            bad, total = bad + (not report.came_in), total + 1
        if bad:
            raise CommandError(f"{bad} of {total} files and documents did not come in, or came in with errors.")


def handed_in(paths: Sequence[Path], mapping: str | None, slug: str | None) -> tuple[list[Given], Collection | None]:
    """What is at the paths, its columns to be read by the mapping of this name, and the collection that it goes to.

    :raises CommandError: if something of it is not there.
    """
    try:
        columns, collection = mapping_called(mapping), collection_of(slug)
    except NoSuchChoice as refusal:
        raise CommandError(str(refusal)) from refusal
    given = list(sources_at(paths))
    if not given:
        raise CommandError("There is no file at the given paths.")
    for source in accession.files_of(given):
        source.mapping = columns
    return given, collection


def sources_at(paths: Sequence[Path]) -> Iterator[Given]:
    """The files at the paths, those of folders in alphabetical order; hidden files are passed over.

    A file of a folder is called by its path within it. A folder that is a bag (BagIt) is checked as one, and gives
    its payload; of everything else nothing is read yet. What cannot come in stands among them with the reason.

    :raises CommandError: for a path that is not there, and for one that is a broken bag, with the file that breaks it.
    """
    for path in paths:
        if path.is_dir():
            for each in files_below(path, within=path):
                if isinstance(each, RefusedMember) and each.name == ".":
                    raise CommandError(each.reason)
                yield each
        elif path.is_file():
            yield Source.at(path)
        else:
            raise CommandError(f"There is no file or folder {path}.")
