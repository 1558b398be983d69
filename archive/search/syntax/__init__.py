"""What a reader typed, and what it means: words, phrases, fields, dates, and how they are joined."""

from archive.search.syntax.fields import FIELDS, Field, Kind
from archive.search.syntax.query import And, Clause, Dates, Everything, Has, Node, Not, Or, Query, Run
from archive.search.syntax.reading import parse
from archive.search.syntax.trouble import QueryError

__all__ = [
    "FIELDS",
    "And",
    "Clause",
    "Dates",
    "Everything",
    "Field",
    "Has",
    "Kind",
    "Node",
    "Not",
    "Or",
    "Query",
    "QueryError",
    "Run",
    "parse",
]
