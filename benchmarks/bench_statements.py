"""Dublin Core statements in one JSON column against a row each: writing, loading 500 documents, a filter by term.

Two tables of documents that are alike but for where their statements are; CPU microseconds per document, of this
process and of the PostgreSQL backend. ``BENCH_DOCUMENTS`` documents with twelve statements each. The filter is told
in milliseconds for the whole archive.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import backend_cpu, django_up, measured, on_each_engine, size, tell

TERMS = (
    "subject", "subject", "subject", "spatial", "spatial", "alternative", "extent", "medium", "provenance", "issued",
    "publisher", "rightsHolder",
)  # fmt: skip
BATCH, ROUNDS = 500, 5
RARE = "audience"


def statements(number: int) -> list[dict[str, str]]:
    """Twelve statements; of a hundredth of the documents, one is in a rare term."""
    terms = (*TERMS[:-1], RARE if number % 100 == 0 else TERMS[-1])
    return [
        {"term": term, "value": f"{term} {number % 997} of the Korean War", "language": "en", "uri": ""}
        for term in terms
    ]


def models_for_both() -> tuple[Any, Any, Any]:
    """A document with a column, a document without, and a row of the latter."""
    from django.db import connection, models

    class WithColumn(models.Model):  # noqa: DJ008 - shown to nobody, as the others
        statements = models.JSONField(default=list)

        class Meta:
            app_label = "bench"

    class WithRows(models.Model):  # noqa: DJ008
        class Meta:
            app_label = "bench"

    class Row(models.Model):  # noqa: DJ008
        document = models.ForeignKey(WithRows, models.CASCADE, related_name="rows")
        order = models.PositiveSmallIntegerField()
        term = models.CharField(max_length=40)
        value = models.TextField()
        language = models.CharField(max_length=35)
        uri = models.CharField(max_length=1000)

        class Meta:
            app_label = "bench"
            indexes = (models.Index(fields=["term", "document"], name="bench_row_by_term"),)

    with connection.schema_editor() as editor:
        for model in (WithColumn, WithRows, Row):
            editor.create_model(model)
    return WithColumn, WithRows, Row


def main() -> None:
    engine = django_up()
    count = size(10_000)
    column, rows, row = models_for_both()

    def tell_each(figure: str, per: int, unit: str, verbs: dict[str, Callable[[], Any]], rounds: int) -> None:
        taken: dict[str, list[float]] = {way: [] for way in verbs}
        for _ in range(rounds):
            for way, verb in verbs.items():
                before = backend_cpu()
                cpu, _clock = measured(verb)
                taken[way].append((cpu + backend_cpu() - before) / per)
        scale = 1e6 if unit == "us" else 1e3
        for way, seconds in taken.items():
            tell(
                figure=figure, statements=way, engine=engine, documents=count, **{unit: round(scale * median(seconds))}
            )

    tell_each(
        "writing, a document", count, "us",
        {"in a column": lambda: write_column(column, count), "in rows": lambda: write_rows(rows, row, count)}, 1,
    )  # fmt: skip
    keys = list(range(1, BATCH + 1))
    tell_each(
        "loading 500, a document", BATCH, "us",
        {
            "in a column": lambda: [each.statements for each in column.objects.filter(pk__in=keys)],
            "in rows": lambda: [
                [(s.term, s.value, s.language, s.uri) for s in each.rows.all()]
                for each in rows.objects.filter(pk__in=keys).prefetch_related("rows")
            ],
        },
        ROUNDS,
    )  # fmt: skip
    for term, said in (("subject", "a term of all"), (RARE, "a rare term")):
        tell_each(
            f"filter by {said}", 1, "ms",
            {
                "in a column": lambda term=term: having(column, term),
                "in rows": lambda term=term: row.objects.filter(term=term).values("document").distinct().count(),
            },
            ROUNDS,
        )  # fmt: skip


def write_column(model: Any, count: int) -> None:
    """Write all documents with their statements in a column."""
    from django.db import transaction

    for start in range(0, count, BATCH):
        with transaction.atomic():
            model.objects.bulk_create(model(statements=statements(n)) for n in range(start, min(count, start + BATCH)))


def write_rows(documents: Any, row: Any, count: int) -> None:
    """Write all documents with a row for each statement."""
    from django.db import transaction

    for start in range(0, count, BATCH):
        with transaction.atomic():
            made = documents.objects.bulk_create(documents() for _ in range(start, min(count, start + BATCH)))
            row.objects.bulk_create(
                row(document=document, order=order, **each)
                for number, document in enumerate(made, start)
                for order, each in enumerate(statements(number))
            )


def having(model: Any, term: str) -> int:
    """How many documents have a statement in a term, asked of the column as each engine can."""
    from django.db import connection

    table = model._meta.db_table
    asked: dict[str, tuple[str, Any]] = {
        "sqlite": (
            f"SELECT count(*) FROM {table} d WHERE EXISTS (SELECT 1 FROM json_each(d.statements) s "
            "WHERE json_extract(s.value, '$.term') = %s)",
            term,
        ),
        "postgresql": (
            f"SELECT count(*) FROM {table} WHERE statements @> %s::jsonb",
            json.dumps([{"term": term}]),
        ),
    }
    sql, parameter = asked[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql, [parameter])
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
