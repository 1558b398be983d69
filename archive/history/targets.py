"""Targets: what a revision refers to, as the archive has it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models

from archive.history.aggregates import AGGREGATES, REFERRED
from archive.history.contents import Contents, Row, columns
from archive.models import Document
from archive.models.authority import Authority

#: Primary keys now, by model and by what stands in a snapshot.
Targets = Mapping[tuple[type[models.Model], str], int | None]


class RestoreRefused(Exception):  # noqa: N818 - the name says the outcome
    """A thing cannot be put back as the revision says; nothing was changed."""


def targets_of(contents: Contents, *, of: type[models.Model] = Document) -> Targets:
    """What a snapshot refers to, as it is called now: None where it is gone."""
    wanted: dict[type[models.Model], set[str]] = {}
    for model, rows in _parts(contents, of):
        for column in columns(model):
            if column.target and not column.within:
                keys = {row[column.name] for row in rows if column.name in row}
                wanted.setdefault(column.target, set()).update(keys)
    return {
        (model, key): found.get(key)
        for model, keys in wanted.items()
        for found in (_present(model, keys),)
        for key in sorted(keys)
    }


def _parts(contents: Contents, of: type[models.Model]) -> Iterator[tuple[type[models.Model], list[Row]]]:
    """The thing itself, and each of its parts, with their rows."""
    yield of, [contents["fields"]]
    for relation, rows in contents["rows"].items():
        yield AGGREGATES[of].parts[relation], rows


def values_of(model: type[models.Model], rows: Iterable[Row], targets: Targets) -> list[Row]:
    """Rows of a snapshot as columns of the database, defaults included; places within the same part stay places."""
    return [_values(model, row, targets) for row in rows]


def _values(model: type[models.Model], row: Row, targets: Targets) -> Row:
    values = {}
    for column in columns(model):
        value = row.get(column.name, column.default)
        if column.target and not column.within:
            values[column.field.attname] = None if value is None else targets[column.target, value]
        else:
            values[column.name] = column.field.to_python(value)
    return values


def _present(model: type[models.Model], keys: set[str]) -> dict[str, int]:
    """Primary keys by identifier; of a merged authority, that of the one it was merged into at last."""
    key, _ = REFERRED[model]
    if not issubclass(model, Authority):
        return dict(model._default_manager.filter(**{f"{key}__in": keys}).values_list(key, "pk"))
    found = {each.identifier: (each.pk, each.merged_into_id) for each in model.objects.filter(identifier__in=keys)}
    seen: set[int] = set()
    while ahead := {into for _, into in found.values() if into} - seen:
        seen |= ahead
        further = dict(model.objects.filter(pk__in=ahead).values_list("pk", "merged_into"))
        found = {name: (into, further.get(into)) if into else (pk, None) for name, (pk, into) in found.items()}
    return {name: pk for name, (pk, _) in found.items()}


def refuse_missing(revision: Any, targets: Targets) -> None:
    """Refuse a revision that needs what was deleted since.

    :raises RestoreRefused: naming all of that.
    """
    names = revision.contents["names"]
    gone = [
        f"{model._meta.verbose_name} “{names.get(model._meta.model_name, {}).get(key, key)}” ({key})"
        for (model, key), pk in targets.items()
        if pk is None
    ]
    if gone:
        raise RestoreRefused(
            f"{revision} cannot be restored, because it refers to what was deleted since: {'; '.join(gone)}. "
            "Nothing was changed."
        )
