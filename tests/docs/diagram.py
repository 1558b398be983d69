"""The diagram of the models in docs/model.md, made from the models themselves.

``python -m tests.docs.diagram`` prints the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

HEAD = """# The model

What the archive stores, drawn from the models in `archive/models`. A test holds it current and prints the page anew
where it is not. Beside each field stand its type, and its key: PK, FK or UK.

```mermaid
erDiagram
"""

#: What a reader of the diagram calls a column's type.
TYPES = {
    "BigAutoField": "integer", "BigIntegerField": "integer", "PositiveBigIntegerField": "integer",
    "PositiveIntegerField": "integer", "PositiveSmallIntegerField": "integer", "BooleanField": "boolean",
    "CharField": "string", "SlugField": "string", "URLField": "uri", "TextField": "text", "JSONField": "json",
    "DateField": "date", "DateTimeField": "datetime", "FloatField": "number", "DecimalField": "number",
    "BinaryField": "bytes", "FileField": "file",
}  # fmt: skip


def diagram() -> str:
    """The whole page."""
    found = sorted(apps.get_app_config("archive").get_models(), key=lambda each: each.__name__)
    lines = [line for model in found for line in (*_entity(model), *_relations(model))]
    return HEAD + "\n".join(f"    {line}" for line in lines) + "\n```\n"


def _entity(model: type[models.Model]) -> Iterator[str]:
    yield f"{model.__name__} {{"
    for field in model._meta.concrete_fields:
        yield f"    {_type(field)} {field.name}{_key(field)}"
    yield "}"


def _type(field: Any) -> str:
    if field.is_relation:
        return str(field.related_model.__name__)
    return TYPES.get(type(field).__name__, type(field).__name__)


def _key(field: Any) -> str:
    if field.primary_key:
        return " PK"
    if field.is_relation:
        return " FK"
    return " UK" if field.unique else ""


def _relations(model: type[models.Model]) -> Iterator[str]:
    """Crow's feet: many on the side of the model, one or none on the other."""
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model is not None:
            one = "|o" if field.null else "||"
            yield f"{field.related_model.__name__} {one}--o{{ {model.__name__} : {field.name}"
    for many in model._meta.many_to_many:
        yield f"{model.__name__} }}o--o{{ {many.related_model.__name__} : {many.name}"


if __name__ == "__main__":
    import os
    import sys

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    sys.stdout.write(diagram())
