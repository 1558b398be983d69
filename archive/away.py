"""Away: that the database does not answer just now, or wants what was begun to be done again."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

#: No fault of any document, nor of any request. Work is left as it is and taken up again; who asked may ask again.
DATABASE_AWAY = (OperationalError, InterfaceError)

#: How often, in all, what gave way to another is begun: the other is through by then.
ATTEMPTS = 3


def gave_way(error: BaseException) -> bool:
    """Whether a database ended a transaction so that another, which it waited for in a circle, could go on.

    PostgreSQL says deadlock_detected or serialization_failure; the same goes well a moment later. SQLite, with one
    writer at a time, has no circles.
    """
    return getattr(error.__cause__, "sqlstate", "") in {"40P01", "40001"}
