"""Whether the site can do its work: what a load balancer or an orchestrator asks again and again."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.conf import conf

logger = logging.getLogger(__name__)


def database_answers() -> bool:
    """Whether the database takes a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("the database does not answer")
        return False
    return True


def storage_is_writable() -> bool:
    """Whether originals and page images can be kept. Only a folder is asked; a bucket would send a bill."""
    storage = storages[conf().STORAGE]
    if not isinstance(storage, FileSystemStorage):
        return True
    folder = Path(storage.location)
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


#: The broker is not among them: without it the site still serves, and the sweeper catches up when it is back.
CHECKS: dict[str, Callable[[], bool]] = {"database": database_answers, "storage": storage_is_writable}


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 if every check holds, else 503; which one failed, but not why, since everybody may ask."""
    results = {name: check() for name, check in CHECKS.items()}
    answer = {name: "ok" if holds else "failed" for name, holds in results.items()}
    return JsonResponse(answer, status=200 if all(results.values()) else 503)
