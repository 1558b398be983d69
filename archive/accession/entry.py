"""Entry: match a draft with what the archive holds, and create or update the document.

A document is known again by its identity. What a second source says differently is taken over where the
document still says what the first source said; where a person has changed it since, the person is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models

from archive import history
from archive.accession.agents import agent_of, reserve
from archive.accession.mapping import Contents, Row, contents_of
from archive.accession.pages import Paged, Prepared, enter_pages, scans_of
from archive.drafts import Draft, RecordId
from archive.models import Collection, Contribution, Document
from archive.models.identifiers import PATTERN
from archive.readers import Source
from archive.units import unit_at


class Outcome(StrEnum):
    """What became of a draft."""

    CREATED = "created"
    UPDATED = "updated"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft that is in: what became of it, and the document."""

    outcome: Outcome
    document: Document
    #: What an archivist should know of it; empty where all is well.
    notice: str = ""


def enter(
    draft: Draft,
    *,
    previous: Draft | None,
    collection: Collection | None = None,
    source: Source | None = None,
    prepared: Prepared | None = None,
) -> Entry:
    """Create or update the document that a draft describes, within the caller's transaction.

    ``previous`` is the draft of the source that this document came from last, if it is known already. Page images
    come from ``source``, or are ``prepared``.
    """
    contents = contents_of(draft)
    document = Document.objects.select_for_update().filter(identity=str(draft.identity)).first()
    if document is None:
        entry = Entry(Outcome.CREATED, _create(draft, contents))
    elif _update(document, contents, contents_of(previous) if previous else None):
        entry = Entry(Outcome.UPDATED, document)
    else:
        entry = Entry(Outcome.KNOWN, document)
    if source is not None:
        entry = _with_pages(entry, Paged(entry.document, draft, source, prepared))
    if collection is not None:
        _put_in(entry, collection)
    return entry


def _with_pages(entry: Entry, paged: Paged) -> Entry:
    """Enter the pages; a document of which only these are new is updated."""
    pk = entry.document.pk
    before = scans_of([pk])
    notice = enter_pages([paged]).get(pk, "")
    new = entry.outcome is Outcome.KNOWN and scans_of([pk]) != before
    return Entry(Outcome.UPDATED if new else entry.outcome, entry.document, notice)


def _create(draft: Draft, contents: Contents) -> Document:
    document = Document(identity=str(draft.identity), **contents.fields)
    record_id = _record_id(draft)
    if record_id and not Document.objects.filter(identifier=record_id).exists():
        document.identifier = record_id
    document.full_clean(validate_unique=False, validate_constraints=False)
    document.save(force_insert=True)
    for relation, rows in contents.rows.items():
        _write(document, relation, rows)
    return document


def _put_in(entry: Entry, collection: Collection) -> None:
    if entry.outcome is Outcome.KNOWN:
        history.keep([entry.document.pk])
    entry.document.collections.add(collection)


def _record_id(draft: Draft) -> str:
    """The source's own record id where it can stand in an address, else nothing."""
    field = draft.first(RecordId)
    return field.value.value if field and PATTERN.fullmatch(field.value.value) else ""


def _update(document: Document, new: Contents, old: Contents | None) -> bool:
    """Take over what the source changed; return whether anything was."""
    if old is None:
        return False
    changed = [
        name
        for name, value in new.fields.items()
        if value != old.fields[name] and getattr(document, name) == old.fields[name]
    ]
    relations = [
        relation
        for relation, rows in new.rows.items()
        if rows != old.rows[relation] and _rows(document, relation, like=old.rows[relation]) == old.rows[relation]
    ]
    if changed or relations:
        history.keep([document.pk])
    for name in changed:
        setattr(document, name, new.fields[name])
    if changed:
        document.save(update_fields=[*changed, "modified_at"])
    for relation in relations:
        _related(document, relation).all().delete()
        _write(document, relation, new.rows[relation])
    if relations and not changed:
        document.save(update_fields=["modified_at"])  # or nobody would know that what is public is old
    return bool(changed or relations)


def _related(document: Document, relation: str) -> models.Manager[Any]:
    manager: models.Manager[Any] = getattr(document, relation)
    return manager


def _rows(document: Document, relation: str, *, like: list[Row]) -> list[Row]:
    """What the database holds now, as far as rows ``like`` these say anything of it."""
    if relation == "contributions":
        found = document.contributions.values("order", "agent__name", "role", "as_written", "copies")
        return [
            {
                "order": each["order"],
                "agent": each["agent__name"],
                "role": each["role"],
                "as_written": each["as_written"],
                "copies": each["copies"],
            }
            for each in found
        ]
    return list(_related(document, relation).values(*(like[0] if like else ("pk",))))


def _write(document: Document, relation: str, rows: list[Row]) -> None:
    if relation == "contributions":
        reserve(row["agent"] for row in rows)
        Contribution.objects.bulk_create(
            Contribution(document=document, **{**row, "agent": agent_of(row["agent"], as_written=row["as_written"])})
            for row in rows
        )
        return
    related = _related(document, relation)
    if relation == "references":
        rows = [{**row, "unit": unit_at(row) if row["understood"] else None} for row in rows]
    related.bulk_create(related.model(document=document, **row) for row in rows)
