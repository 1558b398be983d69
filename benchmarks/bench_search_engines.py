"""What the database engines' own full text costs for what a page of results needs, beside the index in files.

For the commonest words, best 20 by rank, and the twelve people most frequent among all hits (one facet of nine): FTS5
on SQLite, ``tsvector`` under GIN on PostgreSQL, each over the bare texts, without stems, columns or sounds. The
decision that rests on this is docs/adr/0011. Data as bench_search makes them, or those that ``BENCH_STORE`` holds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.bench_search import QUERIES, keep_index, load, loaded, vocabulary
from benchmarks.ground import backend_cpu, django_up, on_each_engine, size, tell

#: How each engine is told of the texts, asked for the best, and asked for the hits.
SQL = {
    "sqlite": (
        [
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.bench USING fts5(body, content='')",
            "INSERT INTO temp.bench(rowid, body) SELECT document_id, body FROM archive_text",
        ],
        "SELECT rowid FROM temp.bench WHERE bench MATCH %s ORDER BY rank LIMIT 20",
        "SELECT rowid FROM temp.bench WHERE bench MATCH %s",
    ),
    "postgresql": (
        [
            "CREATE TEMP TABLE bench AS"
            " SELECT document_id AS id, to_tsvector('simple', body) AS words FROM archive_text",
            "CREATE INDEX ON bench USING gin (words)",
            "ANALYZE bench",
        ],
        "SELECT id FROM bench, to_tsquery('simple', %s) AS asked WHERE words @@ asked"
        " ORDER BY ts_rank(words, asked) DESC LIMIT 20",
        "SELECT id FROM bench WHERE words @@ to_tsquery('simple', %s)",
    ),
}


def main() -> None:
    from django.db import connection

    engine = django_up()
    count = size(10_000)
    if not (keep_index(engine) and loaded(count)):
        load(count)
    making, best, hits = SQL[engine]
    people = (
        f"SELECT agent_id, COUNT(DISTINCT document_id) FROM archive_contribution WHERE document_id IN ({hits})"
        " GROUP BY agent_id ORDER BY 2 DESC LIMIT 12"
    )
    with connection.cursor() as cursor:
        for statement in making:
            cursor.execute(statement)
        for name, sql in (
            ("best 20", best),
            ("hits counted", f"SELECT COUNT(*) FROM ({hits}) AS hits"),
            ("one facet", people),
        ):
            times = [_cpu(cursor, sql, [word]) for word in vocabulary()[:QUERIES:4]]
            tell(
                figure=f"{name}, commonest words, ms CPU", engine=engine, documents=count,
                median_ms=round(sorted(times)[len(times) // 2], 1),
            )  # fmt: skip


def _cpu(cursor: Any, sql: str, values: Sequence[str]) -> float:
    return 1000 * _seconds(lambda: (cursor.execute(sql, values), cursor.fetchall()))


def _seconds(verb: Callable[[], Any]) -> float:
    """CPU of this process and of the database."""
    backend, before = backend_cpu(), time.process_time()
    verb()
    return time.process_time() - before + backend_cpu() - backend


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
