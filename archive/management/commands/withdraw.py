"""``manage.py withdraw IDENTIFIER…``: take published documents back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from archive import publication
from archive.management.selection import SelectionCommand


class Command(SelectionCommand):
    """Calls the verb on the documents that the command line names."""

    help = "Take published documents back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        super().add_arguments(parser)
        parser.add_argument("--reason", default="", help="why, for the record")

    def act(self, document_ids: list[int], **options: Any) -> publication.Outcome:
        """Call the verb; then let what names the documents no longer do so."""
        outcome = publication.withdraw(document_ids, reason=options["reason"])
        outcome.representations += publication.refresh(outcome.beside).representations  # and retells
        return outcome
