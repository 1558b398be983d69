"""Selections: rows written for each row of a query, inside the database.

A selection may be the whole archive. Read into Python and written back one by one, 200,000 rows keep a
request waiting; INSERT … SELECT writes them in one statement.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, router


def insert_each(model: type[models.Model], selected: models.QuerySet[Any, Any], *columns: str, **same: Any) -> int:
    """Write a row for each row of ``selected``, and return how many that are.

    ``selected`` is a ``values_list`` of what goes into ``columns``, in their order. ``same`` goes into every row,
    and columns that neither names have their default. Columns are named as in the database: ``job_id``.
    """
    using = router.db_for_write(model)
    connection = connections[using]
    fields = {str(field.column): field for field in model._meta.concrete_fields if not field.primary_key}
    rest = {column: same.get(column, field.get_default()) for column, field in fields.items() if column not in columns}
    written = [fields[column].get_db_prep_save(value, connection) for column, value in rest.items()]
    try:
        query, parameters = selected.query.get_compiler(using).as_sql()
    except EmptyResultSet:
        return 0
    name = connection.ops.quote_name
    into = ", ".join(name(column) for column in (*rest, *columns))
    chosen = ", ".join(name(column) for column in columns)
    values = ", ".join([*["%s"] * len(rest), chosen])
    table = name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({into}) WITH chosen ({chosen}) AS ({query}) SELECT {values} FROM chosen"  # noqa: S608 - names come from the models
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, *written])
        return int(cursor.rowcount)
