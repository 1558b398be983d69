"""Away: that the database does not answer just now, or wants what was begun to be done again."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

#: No fault of any document, nor of any request. Work is left as it is and taken up again; who asked may ask again.
DATABASE_AWAY = (OperationalError, InterfaceError)
