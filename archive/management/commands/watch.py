"""``manage.py watch``: look at the watched folder once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.accession import watched


class Command(BaseCommand):
    """Takes in what lies complete in the watched folder, and puts away the files of accessions that have ended."""

    help = "Look at the watched folder once, as beat does every few seconds. Exits 1 if the folder cannot be watched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument(
            "--at-once", action="store_true", help="everything that is there is complete: do not wait until it rests"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and tell what was done."""
        try:
            look = watched.look(at_once=options["at_once"])
        except (watched.WatchedFolderMissing, watched.NoSuchChoice) as refusal:
            raise CommandError(str(refusal)) from refusal
        if look.busy:
            self.stdout.write("Somebody else is looking at this moment.")
        for accession in look.begun:
            self.stdout.write(f"{accession} begun, of {accession.sources.count():,} files.")
        for accession in look.settled:
            self.stdout.write(f"{accession} is {accession.get_state_display()}; its files are put away.")
        for name in look.moving:
            self.stdout.write(f"{name} waits: it, or what belongs to it, has not rested long enough.")
        if not (look.busy or look.begun or look.settled or look.moving):
            self.stdout.write("There is nothing new.")
