"""Further Dublin Core statements: what one must hold to be one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

#: What a statement may hold; it must hold a term, and words or an address.
KEYS = frozenset({"term", "value", "language", "uri"})


def refuse_malformed(statements: Any) -> None:
    """Refuse what no format could show.

    :raises ValidationError: naming the first statement that is none, by its number.
    """
    if not isinstance(statements, list):
        raise ValidationError("Statements stand in square brackets: [ … ].")
    for position, problem in enumerate(map(problem_of, statements), start=1):
        if problem:
            raise ValidationError(f"Statement {position}: {problem}")


def problem_of(statement: Any) -> str:
    """What is wrong with the form of a statement; empty if nothing is."""
    if not isinstance(statement, dict):
        return 'write {"term": "…", "value": "…"}.'
    if unknown := sorted(map(str, _others(statement))):
        return f"“{unknown[0]}” means nothing here; there is term, value, language and uri."
    if not all(isinstance(each, str) for each in statement.values()):
        return "every value is text and stands in quotation marks."
    if not statement.get("term"):
        return "it has no term."
    if not statement.get("value") and not statement.get("uri"):
        return "it has no value."
    return ""


def _others(statement: dict[Any, Any]) -> Iterable[Any]:
    return set(statement) - KEYS
