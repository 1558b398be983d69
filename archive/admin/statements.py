"""Further Dublin Core in a form: documents and archival units have it alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from archive.admin.wording import refuse_unknown_tag
from archive.dublin_core import TERMS
from archive.models.statements import problem_of

HELP = (
    'Further Dublin Core, in the order in which it is shown: [{"term": "subject", "value": "Korean War", '
    '"language": "en"}, {"term": "spatial", "value": "Beijing", "uri": "http://…"}].'
)


def statements_area() -> forms.Textarea:
    """Where statements are typed."""
    return forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField fonds-code", "spellcheck": "false"})


def checked_statements(statements: Any) -> list[dict[str, str]]:
    """The statements, if each is one that every format can show.

    :raises ValidationError: naming the first that is none, by its number.
    """
    statements = statements or []
    if not isinstance(statements, list):
        raise ValidationError("Statements stand in square brackets: [ … ].")
    for position, statement in enumerate(statements, start=1):
        if problem := _problem(statement):
            raise ValidationError(f"Statement {position}: {problem}")
    return statements


def _problem(statement: Any) -> str:
    """What is wrong with a statement; empty if nothing is."""
    if problem := problem_of(statement):
        return problem
    if statement.get("term") not in TERMS:
        return f"“{statement.get('term', '')}” is not a term of Dublin Core. Terms are {', '.join(sorted(TERMS))}."
    if not statement.get("value"):
        return "it has no value."
    try:
        refuse_unknown_tag(statement.get("language", ""))
    except ValidationError as error:
        return str(error.messages[0])
    return ""
