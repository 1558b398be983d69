"""Dublin Core statements in the form of a document: one row each, in the curator's order.

The rows belong to one column, so they are one field. It takes what the rows hold, or the whole list as JSON under its
own name: so another form, or what somebody else saved meanwhile, can be put in its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script

from archive.rules import STATEMENT as PARTS
from archive.rules import problems_of_statement as problems
from archive.vocab.dcmi import ELEMENT, ELEMENTS, OTHER_TERMS, TERMS
from archive.vocab.dublin_core import label_of

#: Rows offered to who has no script to add any.
BLANK = 3
_LINE_BREAK = re.compile(r"\r\n?")

Statement = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One statement as it is shown. ``number`` tells its inputs apart, ``problems`` are told beside it."""

    number: int | str
    statement: Mapping[str, str]
    problems: tuple[str, ...] = ()

    @property
    def groups(self) -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
        """The terms to choose from, and the one that stands there even if there is no such term."""
        chosen = self.statement.get("term", "")
        if chosen and chosen not in TERMS:
            yield "Not Dublin Core", [(chosen, chosen, True)]
        for group, terms in (("Elements", ELEMENTS), ("Refinements", tuple(ELEMENT)), ("Further", OTHER_TERMS)):
            named = sorted((label_of(term), term) for term in terms)
            yield group, [(term, label, term == chosen) for label, term in named]


class StatementsWidget(forms.Widget):
    """Rows of inputs. Without scripts they are put in order by number, and removed by a tick."""

    template_name = "admin/archive/document/statements.html"

    class Media:
        js = (Script("archive/statements.js", defer=True),)

    def format_value(self, value: Any) -> Any:
        """The list, whether it comes from the database or out of a form."""
        if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError:
                return value
        return value or []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows, some blank ones, and one for the script to copy."""
        context = super().get_context(name, value, attrs)
        statements = context["widget"]["value"]
        # What is no list of statements at all cannot stand in rows: it stays as it is until somebody mends it.
        whole = isinstance(statements, list) and all(isinstance(each, dict) for each in statements)
        shown = statements if whole else []
        rows = [Row(number, _as_text(each), tuple(problems(each))) for number, each in enumerate(shown)]
        context["rows"] = [*rows, *(Row(number, {}) for number in range(len(rows), len(rows) + BLANK))]
        context["blank"] = Row("__row__", {})
        context["raw"] = "" if whole else json.dumps(statements, ensure_ascii=False)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The list under its own name; else the rows that are not blank, by their places."""
        if name in data:
            return data[name]
        pattern = re.compile(rf"{re.escape(name)}-(\d{{1,6}})-term")
        numbers = sorted(int(found[1]) for key in data if (found := pattern.fullmatch(key)))
        placed = [
            (_place(data.get(f"{name}-{number}-place"), number), number, statement)
            for number in numbers
            if f"{name}-{number}-remove" not in data and (statement := _typed(data, f"{name}-{number}"))
        ]
        return [statement for _, _, statement in sorted(placed, key=lambda each: each[:2])]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: all rows may have been removed."""
        return False

    def id_for_label(self, id_: str) -> str:
        """None: the rows have labels of their own."""
        return ""


class StatementsField(forms.JSONField):
    """The statements, if each is one that every format can show."""

    widget = StatementsWidget

    def __init__(self, **kwargs: Any) -> None:
        # Django would ask the browser what the rows were before; that is known here, from the document.
        super().__init__(**{**kwargs, "show_hidden_initial": False})

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, for the form that is shown again."""
        return data if isinstance(data, list) else super().bound_data(data, initial)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a statement is another one; that a part is empty or not there is the same."""
        try:
            typed = self.to_python(data)
        except ValidationError:
            return True
        if not (isinstance(typed, list) and isinstance(initial, list)):
            return bool(typed or initial) and typed != initial
        return [_said(each) for each in typed] != [_said(each) for each in initial]

    def validate(self, value: Any) -> None:
        """Tell of the statements that break a rule, by their number.

        :raises ValidationError: naming each.
        """
        super().validate(value)
        if value and not isinstance(value, list):
            raise ValidationError("Statements stand in square brackets: [ … ].")
        told = [
            f"Statement {number}: {problem}"
            for number, each in enumerate(value or [], start=1)
            for problem in problems(each)
        ]
        if told:
            raise ValidationError(told)

    def clean(self, value: Any) -> list[Statement]:
        """The list, empty for none."""
        return super().clean(value) or []


def _typed(data: Any, prefix: str) -> Statement:
    """One row as a statement without empty parts; empty for a row in which nothing is typed."""
    parts = {part: _LINE_BREAK.sub("\n", str(data.get(f"{prefix}-{part}", ""))) for part in PARTS}
    parts = {part: words if part == "value" else words.strip() for part, words in parts.items()}
    if not any(parts[part].strip() for part in PARTS):
        return {}
    return {part: words for part, words in parts.items() if words or part == "term"}


def _said(statement: Any) -> Any:
    """A statement as it is compared: without empty parts, and with every line break as LF."""
    if not isinstance(statement, dict):
        return statement
    typed = {part: _LINE_BREAK.sub("\n", words) for part, words in statement.items() if isinstance(words, str)}
    return {part: words for part, words in {**statement, **typed}.items() if words != ""}


def _as_text(statement: Statement) -> dict[str, str]:
    return {part: str(statement.get(part, "")) for part in PARTS}


def _place(typed: str | None, number: int) -> float:
    """Where a row stands; one without a place, or with none that is a number, after all others."""
    try:
        return float(typed or "inf") if len(typed or "") < 9 else float("inf")
    except ValueError:
        return float("inf")
