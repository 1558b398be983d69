"""Pages: which of them everybody may look at, asked in the way that every tile can afford.

What is public the one rule says, ``Document.objects.public()``. Here it is written down as SQL once for the process,
because that takes the ORM many times as long as it takes the database to answer.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from archive.driver import fetched
from archive.models import Document, Page

#: What an image is made by.
_COLUMNS = ("id", "identifier", "image", "width", "height", "sha256")
#: Stands in the statement for the identifier that is asked for.
_MARK = "the identifier"


def public_page(identifier: str) -> Page | None:
    """The page, if everybody may see its document; what else is stored of it is not loaded."""
    sql, parameters = _statement()
    found = fetched(sql, tuple(identifier if each == _MARK else each for each in parameters), often=True)
    return Page.from_db(DEFAULT_DB_ALIAS, _COLUMNS, found[0]) if found else None


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    rows = Page.objects.filter(identifier=_MARK, document__in=Document.objects.public()).order_by()
    sql, parameters = rows.values_list(*_COLUMNS).query.sql_with_params()
    return sql, tuple(each.value if isinstance(each, Enum) else each for each in parameters)
