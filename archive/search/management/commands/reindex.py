"""``manage.py reindex``: build the full text index anew. The old one answers meanwhile."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.models import Document
from archive.search import agreement, building, upkeep
from archive.search.index import folder
from archive.search.models import Build
from archive.search.tasks import build as build_task

#: Seconds between two tries for the lock, and between two looks at what a worker does.
PAUSE = 0.5


class Command(BaseCommand):
    """Index the named documents, or build a whole new index."""

    help = (
        "Build the full text index anew, or index the named documents. The old one answers until the new one is whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Identifiers of documents, or how to go about the whole."""
        parser.add_argument("identifier", nargs="*", help="Identifiers of documents; without any, the whole archive.")
        parser.add_argument("--restart", action="store_true", help="Begin anew, even if a build was cut short.")
        parser.add_argument("--background", action="store_true", help="Leave it to the workers, and do not wait.")
        parser.add_argument(
            "--check", action="store_true", help="Only compare the index with the documents, and mend it."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Index, and say how many documents can now be found."""
        if not options["identifier"] and not options["check"]:
            return self._build(restart=options["restart"], background=options["background"])
        try:
            folder.current()
        except folder.NoIndexError as error:
            raise CommandError(f"{error} Run reindex without arguments to build one.") from error
        return self._check() if options["check"] else self._named(options["identifier"])

    def _named(self, identifiers: list[str]) -> None:
        known = dict(Document.objects.filter(identifier__in=identifiers).values_list("identifier", "pk"))
        if missing := [identifier for identifier in identifiers if identifier not in known]:
            raise CommandError(f"There is no document {', '.join(missing)}.")
        upkeep.note(known.values())
        upkeep.catch_up()
        self._say(f"{len(known)} documents were looked at.")

    def _check(self) -> None:
        if differences := agreement.compared():
            agreement.repair(differences)
            upkeep.catch_up()
            self._say(f"{len(differences.missing)} were missing and {len(differences.surplus)} too many; mended.")
        else:
            self._say("The index has every public document, and no other.")

    def _build(self, *, restart: bool, background: bool) -> None:
        build = building.begin(anew=restart)
        if background:
            build_task.delay()
            self.stdout.write(f"{build.total} documents will be indexed by the workers.")
            return
        while True:
            try:
                if building.go_on(build, told=self._progress):
                    break
            except folder.BusyError:
                time.sleep(PAUSE)  # a worker writes; it lets go after each turn
        build.refresh_from_db()
        if build.state != Build.State.DONE:
            raise CommandError("Another build was begun meanwhile, and this one was given up.")
        if build.failed:
            self.stderr.write(self.style.WARNING(f"{build.failed} documents could not be indexed; the log says why."))
        self._say(f"{build.written} documents are in the index.")

    def _progress(self, build: Build) -> None:
        self.stdout.write(f"{build.written} of {build.total} …")

    def _say(self, message: str) -> None:
        self.stdout.write(self.style.SUCCESS(message))
