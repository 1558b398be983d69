"""``manage.py reindex``: build the full text index anew. The old one answers meanwhile."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.models import Document
from archive.search.index import reindex


class Command(BaseCommand):
    """Index the named documents, or all of them."""

    help = "Build the full text index anew, for the named documents or for all. The old entries answer meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """Identifiers of documents."""
        parser.add_argument("identifier", nargs="*", help="Identifiers of documents; without any, the whole archive.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Index, and say how many documents can now be found."""
        wanted = options["identifier"]
        known = dict(Document.objects.filter(identifier__in=wanted).values_list("identifier", "pk"))
        if missing := [identifier for identifier in wanted if identifier not in known]:
            raise CommandError(f"There is no document {', '.join(missing)}.")
        written = reindex(known.values() if wanted else None, after_batch=self._progress(options["verbosity"]))
        self.stdout.write(self.style.SUCCESS(f"{written} documents are in the index."))

    def _progress(self, verbosity: int) -> Any:
        done = 0

        def say(batch: int) -> None:
            nonlocal done
            done += batch
            if verbosity > 1:
                self.stdout.write(f"{done} …")

        return say
