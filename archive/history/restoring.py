"""Restoring: a document put back as a revision says, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from archive.history.contents import PARTS, REFERRED, Contents, Row, columns, snapshots
from archive.history.recording import RESTORED, keep, record
from archive.models import Document, DocumentNumber, Page, Revision, Text
from archive.models.authority import Authority
from archive.models.document import GLOBAL_KINDS
from archive.models.page import PageKind

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Primary keys now, by model and by what stands in a snapshot.
Targets = Mapping[tuple[type[models.Model], str], int | None]


class RestoreRefused(Exception):  # noqa: N818 - the name says the outcome
    """A document cannot be put back as the revision says; nothing was changed."""


@transaction.atomic
def restore(document_id: int, number: int, *, by: User | None) -> None:
    """Put a document back as its revision says, and record that as a new revision.

    Authorities that were merged since are followed to those that took their place. What is public stays so, and is
    not rendered anew: that is for the caller to queue.

    :raises RestoreRefused: naming what the revision needs and the archive no longer has.
    """
    document = Document.objects.select_for_update().get(pk=document_id)
    revision = Revision.objects.filter(document=document, number=number).first()
    if revision is None:
        raise RestoreRefused(f"“{document}” has no version {number}.")
    targets = targets_of(revision.contents)
    _refuse_missing(revision, targets)
    _refuse_taken_numbers(document, revision)
    keep([document_id])
    _restore_fields(document, revision.contents["fields"])
    now = snapshots([document_id])[document_id]
    for relation, model in PARTS.items():
        if now["rows"][relation] != revision.contents["rows"].get(relation, []):
            rows = _without_doubles(model, values_of(model, revision.contents["rows"].get(relation, []), targets))
            if relation == "texts":
                _restore_texts(document, rows, revision.contents)
            else:
                model._default_manager.filter(document=document).delete()
                model._default_manager.bulk_create(model(document=document, **row) for row in rows)
    record([document_id], act=RESTORED, by=by, note=f"as of version {number}")


def targets_of(contents: Contents) -> Targets:
    """What a snapshot refers to, as it is called now: None where it is gone."""
    wanted: dict[type[models.Model], set[str]] = {}
    for relation, rows in contents["rows"].items():
        for column in columns(PARTS[relation]):
            if column.target and not column.within:
                keys = {row[column.name] for row in rows if column.name in row}
                wanted.setdefault(column.target, set()).update(keys)
    return {
        (model, key): found.get(key)
        for model, keys in wanted.items()
        for found in (_present(model, keys),)
        for key in sorted(keys)
    }


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


def _refuse_missing(revision: Revision, targets: Targets) -> None:
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


def _refuse_taken_numbers(document: Document, revision: Revision) -> None:
    for row in revision.contents["rows"].get("numbers", []):
        if row.get("kind") in GLOBAL_KINDS:
            others = DocumentNumber.objects.filter(kind=row["kind"], value=row["value"]).exclude(document=document)
            if other := others.select_related("document").first():
                raise RestoreRefused(
                    f"{revision} cannot be restored, because “{row['value']}” now belongs to "
                    f"“{other.document}” ({other.document.identifier}). Nothing was changed."
                )


def _restore_fields(document: Document, fields: Row) -> None:
    values = _values(Document, fields, {})
    for name, value in values.items():
        setattr(document, name, value)
    document.save(update_fields=[*values, "modified_at"])


def _without_doubles(model: type[models.Model], rows: list[Row]) -> list[Row]:
    """Rows of which no two break a rule of the database, as two do once their agents were merged; the first stays."""
    kept = rows
    for rule in model._meta.total_unique_constraints:
        names = [
            each.field.attname if each.target else each.name for each in columns(model) if each.name in rule.fields
        ]
        seen: set[tuple[Any, ...]] = set()
        remaining = []
        for row in kept:
            mark = tuple(row[name] for name in names)
            if None in mark or mark not in seen:
                seen.add(mark)
                remaining.append(row)
        kept = remaining
    if model is PARTS["collections"]:
        kept = list({row["collection_id"]: row for row in kept}.values())
    return kept


def _restore_texts(document: Document, rows: list[Row], contents: Contents) -> None:
    """Put texts back in their rows where these are still there: page images hang on them."""
    held = {text.pk: text for text in document.texts.all()}
    keys = contents.get("keys", {}).get("texts") or [None] * len(rows)
    texts: list[Text] = []
    sources = [row.pop("derived_from") for row in rows]
    for key, row in zip(keys, rows, strict=True):
        text = held.pop(key, None) or Text(document=document)
        for name, value in row.items():
            setattr(text, name, value)
        text.derived_from = None
        text.save()
        texts.append(text)
    Page.objects.filter(text__in=held, kind=PageKind.SCAN).update(text=None)  # a scan outlives its transcript
    document.texts.filter(pk__in=held).delete()
    for text, source in zip(texts, sources, strict=True):
        if source is not None:
            text.derived_from = texts[source]
            text.save(update_fields=["derived_from"])
