"""Changes: note down what the archive's verbs announce, and hint to a worker once it is committed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from archive.search.models import Change
from archive.search.tasks import reindex


def note(sender: Any, document_ids: list[int], **kwargs: Any) -> None:
    """Note documents that have changed, in the verb's own transaction.

    The hint is robust: that no broker can be reached must not fail a publication that is committed.
    """
    if not document_ids:
        return
    Change.objects.bulk_create(Change(document_id=pk) for pk in document_ids)

    def hint() -> None:  # no partial: Django logs the name of what failed, and a partial has none
        reindex.delay(list(document_ids))

    transaction.on_commit(hint, robust=True)
