"""``manage.py refresh IDENTIFIER…``: render published documents anew."""

from __future__ import annotations

from typing import Any

from archive import publication
from archive.management.selection import SelectionCommand


class Command(SelectionCommand):
    """Calls the verb on the documents that the command line names."""

    help = "Render published documents anew."

    def act(self, document_ids: list[int], **options: Any) -> publication.Outcome:
        """Call the verb."""
        return publication.refresh(document_ids)
