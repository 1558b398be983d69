"""``manage.py reread``: the present readers applied to the originals that are kept."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import CommandError

from archive.accession.report import Report, reports_of
from archive.accession.rereading import Again, originals_again, rehearse_again, submit_again
from archive.accession.units import units_moved
from archive.management.commands.accession import Command as AccessionCommand
from archive.management.progress import Bar, standing_of
from archive.management.telling import tell
from archive.management.undoing import accession_of
from archive.readers import READERS

#: Outcomes by which something in the archive changes.
MOVING = frozenset({"created", "updated"})


class Command(AccessionCommand):
    """Rehearses each accession anew, tells what would change, and makes it so where something does."""

    help = "Read the kept originals again with the present readers. What a person changed stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("--reader", metavar="NAME", help="only what this reader read")
        parser.add_argument("--accession", metavar="ID", type=int, help="only the originals of this accession")
        parser.add_argument("--older", action="store_true", help="only what an older version of its reader read")
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, and change nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object a line for each document")
        parser.add_argument("--patience", type=float, default=10, metavar="SECONDS", help="as for accession")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command.

        :raises CommandError: if there is no such reader or accession, or something could not be read again.
        """
        names = [each.name for each in READERS]
        if options["reader"] and options["reader"] not in names:
            raise CommandError(f"There is no reader {options['reader']!r}. There are: {', '.join(names)}.")
        chosen = accession_of(options["accession"]) if options["accession"] else None
        found = originals_again(accession=chosen, reader=options["reader"] or "", older=options["older"])
        counts: Counter[str] = Counter()
        for again in found:
            counts += self.read_again(again, **options)
        if not options["json"]:
            self.stdout.write(_summed_up(counts, dry_run=options["dry_run"]))
        if bad := counts["bad"]:
            raise CommandError(f"{bad} could not be read again.")

    def read_again(self, again: Again, *, dry_run: bool, json: bool, patience: float, **options: Any) -> Counter[str]:
        """Tell what changes in one accession, then make it so; what became of the documents, counted."""
        bar = Bar(self.stderr)
        moving: set[str] = set()
        counts: Counter[str] = Counter()
        for report in rehearse_again(again, on_progress=lambda rehearsal: bar.show(standing_of(rehearsal))):
            counts[report.outcome] += 1
            counts["bad"] += not report.came_in
            units = units_moved(each["message"] for each in report.notices) if report.reader == "ead3" else 0
            counts["units"] += units
            if report.outcome in MOVING or units:
                moving.add(report.source)
            if (report.outcome != "known" or json) and (dry_run or not report.came_in or report.outcome == "vanished"):
                tell(self.stdout, report, as_json=json)
        if moving and not dry_run:
            self.make_it_so(again.only(moving), as_json=json, patience=patience)
        return counts

    def make_it_so(self, again: Again, *, as_json: bool, patience: float) -> None:
        """Take the files in again in which something changes."""
        submitted = submit_again(again)
        self.wait_for(submitted, patience)
        if not as_json:
            self.stdout.write(f"{submitted} reads {again.accession} again.")
        for report in reports_of(submitted):
            if _worth_telling(report):
                tell(self.stdout, report, as_json=as_json)


def _worth_telling(report: Report) -> bool:
    return report.outcome in MOVING or not report.came_in


def _summed_up(counts: Counter[str], *, dry_run: bool) -> str:
    moving = sum(counts[each] for each in (*MOVING, "units"))
    if not moving:
        return "Nothing changes: the present readers say the same of every original."
    would = "would be" if dry_run else "were"
    units = f" So {would} {counts['units']:,} archival units." if counts["units"] else ""
    return f"{counts['updated']:,} documents {would} updated and {counts['created']:,} created.{units}"
