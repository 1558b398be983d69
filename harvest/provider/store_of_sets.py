"""The sets that harvesters can ask for, as the memberships of records show them.

Read by steps through the index of memberships, one for each set: sets are few, and records many.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from harvest.formats import BY_PREFIX

#: {formats} are marks for the metadataPrefixes, one query's worth of VALUES.
_SPECS = """
    WITH RECURSIVE formats(format) AS (VALUES {formats}),
    each_one(spec) AS (
        SELECT (SELECT min((SELECT min(m.spec) FROM archive_setmembership m
                            WHERE m.format = formats.format AND m.spec > %s)) FROM formats)
        UNION ALL
        SELECT (SELECT min((SELECT min(m.spec) FROM archive_setmembership m
                            WHERE m.format = formats.format AND m.spec > each_one.spec)) FROM formats)
        FROM each_one WHERE each_one.spec IS NOT NULL
    )
"""


def specs(*, after: str = "", limit: int) -> list[str]:
    """The setSpecs that come after one, in the order of the database, at most so many."""
    return [spec for (spec,) in _ask("SELECT spec FROM each_one WHERE spec IS NOT NULL LIMIT %s", after, limit)]


def size() -> int:
    """How many sets there are."""
    [(count,)] = _ask("SELECT count(spec) FROM each_one", "")
    return int(count)


def _ask(select: str, *parameters: str | int) -> Sequence[tuple[Any, ...]]:
    formats = ", ".join(["(CAST(%s AS varchar(50)))"] * len(BY_PREFIX))
    with connection.cursor() as cursor:
        cursor.execute(_SPECS.format(formats=formats) + select, [*BY_PREFIX, *parameters])
        return list(cursor.fetchall())
