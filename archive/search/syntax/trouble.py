"""QueryError: what is wrong with a query, in words for who typed it, and where."""

from __future__ import annotations


class QueryError(ValueError):
    """A query that cannot be understood. ``start`` and ``end`` are places in what was typed.

    The message is in the language that is active where the query is read: that of the page, or the site's own.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message, self.start, self.end = message, start, max(end, start + 1)
