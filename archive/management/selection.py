"""Commands that call a verb on documents named on the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.models import Document
from archive.publication import Outcome


class SelectionCommand(BaseCommand):
    """Finds the documents, calls ``act`` on them, and tells what it did."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument("identifier", nargs="*", default=[])
        chosen.add_argument("--all", action="store_true", help="every document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        ids = self.document_ids(options["identifier"], everything=options["all"])
        outcome = self.act(ids, **options)
        self.stdout.write(
            f"{len(outcome.documents)} documents, {outcome.representations} representations changed, "
            f"{len(outcome.failed)} failed"
        )
        for pk, reason in outcome.problems.items():
            self.stderr.write(f"{Document.objects.get(pk=pk).identifier} {reason}")
        if outcome.failed:
            raise CommandError(f"{len(outcome.failed)} documents were left as they were.")

    def document_ids(self, identifiers: list[str], *, everything: bool) -> list[int]:
        """The primary keys of the documents.

        :raises CommandError: naming the first identifier that no document has.
        """
        if everything:
            return list(Document.objects.order_by("pk").values_list("pk", flat=True))
        found = dict(Document.objects.filter(identifier__in=identifiers).values_list("identifier", "pk"))
        for identifier in identifiers:
            if identifier not in found:
                raise CommandError(f"No document has the identifier {identifier!r}.")
        return [found[identifier] for identifier in identifiers]

    def act(self, document_ids: list[int], **options: Any) -> Outcome:
        """Call the verb on the documents."""
        raise NotImplementedError
