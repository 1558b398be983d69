"""Wait for what a process needs: ``python -m config.waiting database`` or ``migrations``. For containers."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable

import django
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

logger = logging.getLogger(__name__)

#: Seconds after which waiting is given up, and whatever runs the container begins anew.
PATIENCE = 120


def database() -> None:
    """Connect to the database.

    :raises OperationalError: while it does not answer.
    """
    connection.ensure_connection()


def migrations() -> None:
    """Look whether every migration has been applied.

    :raises OperationalError: while one has not.
    """
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise OperationalError(f"{len(missing)} migrations are still to be applied")


WAITS: dict[str, Callable[[], None]] = {"database": database, "migrations": migrations}


def wait(attempt: Callable[[], None]) -> bool:
    """Attempt once a second until it succeeds; False if it never did."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            attempt()
        except OperationalError as error:
            if time.monotonic() > deadline:
                logger.error("gave up after %s seconds: %s", PATIENCE, error)
                return False
            connection.close()
            time.sleep(1)
        else:
            return True


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(0 if wait(WAITS[sys.argv[1]]) else 1)
