"""Multiplying a synthetic archive within the database: ``INSERT … SELECT`` of all documents with their rows."""

from __future__ import annotations

from typing import Any

#: What a copy has of its own, as SQL; ``{n}`` is the key of the copied document.
OWN = {
    "archive_document": {
        "identifier": "'bench-' || ({n})",
        "title": "'Telegram ' || ({n}) || ' from Roshchin to Filippov'",
    },
    "archive_documentnumber": {"value": "CAST(({n}) AS varchar(20))"},
    "archive_archivalreference": {"verbatim": "'APRF, Fond 1, Delo ' || ({n})"},
}


def multiply(originals: int, count: int) -> None:
    """Copy the first ``originals`` documents until there are ``count``, twice as many with every step.

    For an archive with nothing else in it, where keys begin at 1.
    """
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from archive.models import Document

    parts = _parts()
    held = originals
    while held < count:
        more = min(held, count - held)
        with transaction.atomic(), connection.cursor() as cursor:
            for model in (Document, *parts):
                cursor.execute(_copy(model, held, more))
        held += more
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Document, *parts]):
            cursor.execute(statement)


def _parts() -> tuple[Any, ...]:
    """What hangs on a document and is loaded with it."""
    from archive import models

    return (
        models.Document.collections.through, models.Text, models.ArchivalReference, models.Contribution,
        models.DocumentNumber, models.DocumentEvent, models.Readiness, models.Subject,
    )  # fmt: skip


def _copy(model: Any, held: int, more: int) -> str:
    """The statement that copies the rows of the first ``more`` of ``held`` documents."""
    table = model._meta.db_table
    document = "id" if table == "archive_document" else "document_id"
    columns = [field.column for field in model._meta.concrete_fields]
    shift = f"(SELECT max(id) FROM {table})"
    values = {column: f'"{column}"' for column in columns}
    values |= {"id": f"id + {shift}", document: f"{document} + {held}"}
    values |= {name: sql.format(n=f"{document} + {held}") for name, sql in OWN.get(table, {}).items()}
    listed = ", ".join(f'"{column}"' for column in columns)
    said = ", ".join(values[column] for column in columns)
    return f"INSERT INTO {table} ({listed}) SELECT {said} FROM {table} WHERE {document} <= {more}"
