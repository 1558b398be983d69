"""Restoring: a document put back as a revision says, all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from archive.history.contents import PARTS, Contents, Row, columns, snapshots
from archive.history.entities import restore_entity
from archive.history.recording import RESTORED, keep, record
from archive.history.targets import RestoreRefused, Targets, refuse_missing, targets_of, values_of
from archive.models import Document, DocumentNumber, Page, Revision, Text
from archive.models.document import GLOBAL_KINDS
from archive.models.page import PageKind

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def restore(key: int, number: int, *, by: User | None, of: type[models.Model] = Document) -> None:
    """Put a thing back as its revision says, and record that as a new revision. What shows it is for the caller.

    :raises RestoreRefused: naming what stands against it; nothing was changed then.
    """
    if of is Document:
        _restore_document(key, number, by=by)
    else:
        restore_entity(key, number, of=of, by=by)


@transaction.atomic
def _restore_document(document_id: int, number: int, *, by: User | None) -> None:
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
    refuse_missing(revision, targets)
    _refuse_taken_numbers(document, revision)
    keep([document_id])
    put_document_back(document, revision.contents, targets)
    record([document_id], act=RESTORED, by=by, note=f"as of version {number}")


def put_document_back(document: Document, contents: Contents, targets: Targets) -> None:
    """Make a document, new or not, say what contents say; parts that say it already are left alone."""
    _restore_fields(document, contents["fields"])
    now = snapshots([document.pk])[document.pk]
    for relation, model in PARTS.items():
        if now["rows"][relation] != contents["rows"].get(relation, []):
            rows = _without_doubles(model, values_of(model, contents["rows"].get(relation, []), targets))
            if relation == "texts":
                _restore_texts(document, rows, contents)
            else:
                model._default_manager.filter(document=document).delete()
                model._default_manager.bulk_create(model(document=document, **row) for row in rows)


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
    (values,) = values_of(Document, [fields], {})
    for name, value in values.items():
        setattr(document, name, value)
    document.save(update_fields=None if document._state.adding else [*values, "modified_at"])


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
