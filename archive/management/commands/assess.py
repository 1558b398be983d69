"""``manage.py assess IDENTIFIER…``: see anew what documents lack for each aggregator."""

from __future__ import annotations

from typing import Any

from archive import readiness
from archive.management.selection import SelectionCommand


class Command(SelectionCommand):
    """Calls the verb on the documents that the command line names."""

    help = "See anew what documents lack for each aggregator; needed once after new profiles are installed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        ids = self.document_ids(options["identifier"], everything=options["all"])
        self.stdout.write(f"{readiness.assess(ids)} documents assessed")
