"""Hints: tell a worker, once a change is committed, that the stores of triples have to follow it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from archive.conf import conf
from archive.lod import tasks


def hint(sender: Any, document_ids: list[int], **kwargs: Any) -> None:
    """Send the messages. They are robust: that no broker can be reached must not fail what is committed."""
    if not document_ids:
        return
    if conf().SPARQL_STORE:
        transaction.on_commit(lambda: _send(tasks.follow), robust=True)
    if conf().GRAPH_STORE:
        transaction.on_commit(lambda: _send(tasks.push), robust=True)


def _send(task: Any) -> None:
    task.delay()
