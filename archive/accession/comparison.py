"""Comparison: what a source changed of a document since it came last, and a person did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from archive.accession.mapping import Contents, InUnit, Named, Row
from archive.models import Document


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be taken over: values of the document, and relations whose rows are to be written anew."""

    document: Document
    fields: Mapping[str, Any]
    relations: tuple[str, ...]

    def apply(self) -> None:
        """Write the values, and take away the rows; what takes their place is for the caller to write.

        The document counts as modified either way, or nobody would know that what is public is old.
        """
        for name, value in self.fields.items():
            setattr(self.document, name, value)
        self.document.save(update_fields=[*self.fields, "modified_at"])
        for relation in self.relations:
            _related(self.document, relation).all().delete()


def changes(document: Document, new: Contents, old: Contents) -> Changes | None:
    """What the source says otherwise than before, where the document still says what it said; None if nothing."""
    fields = {
        name: value
        for name, value in new.fields.items()
        if value != old.fields[name] and getattr(document, name) == old.fields[name]
    }
    relations = tuple(
        relation
        for relation, rows in new.rows.items()
        if rows != old.rows[relation] and _still(document, relation, old.rows[relation])
    )
    return Changes(document, fields, relations) if fields or relations else None


def _still(document: Document, relation: str, old: list[Row]) -> bool:
    """Whether the database holds what the rows said."""
    held = list(held_rows(document, relation))
    return len(held) == len(old) and all(
        all(says(now[name], said) for name, said in row.items()) for now, row in zip(held, old, strict=True)
    )


def held_rows(document: Document, relation: str) -> list[Row]:
    """The rows of a document as they are now, with their primary keys.

    An authority is told by the set of all its names, so that merging and renaming changes nothing.
    """
    rows = _related(document, relation).order_by("order", "pk")
    if relation == "contributions":
        found = rows.select_related("agent").prefetch_related("agent__names")
        return [{**_columns(each), "agent": _names(each.agent)} for each in found]
    if relation == "subjects":
        found = rows.select_related("agent", "place", "concept").prefetch_related(
            "agent__names", "place__names", "concept__labels"
        )
        return [{**_columns(each), "authority": _names(each.authority)} for each in found]
    if relation == "texts":
        return _by_place([_columns(each) for each in rows])
    return [_columns(each) for each in rows]


def _by_place(texts: list[Row]) -> list[Row]:
    """Texts, of which each tells the one that it was made from by its place, as a source does."""
    places = {text["pk"]: place for place, text in enumerate(texts)}
    return [{**text, "derived_from": places.get(text["derived_from"])} for text in texts]


def says(now: Any, said: Any) -> bool:
    """Whether a value is what a source said. In which unit a reference ends, the archival tree says."""
    if isinstance(said, InUnit):
        return True
    return str(said) in now if isinstance(said, Named) else bool(now == said)


def _names(authority: Any) -> set[str]:
    names = authority.labels if hasattr(authority, "labels") else authority.names
    return {authority.name, *(each.value for each in names.all())}


def _columns(row: models.Model) -> Row:
    return {"pk": row.pk, **{field.name: field.value_from_object(row) for field in row._meta.concrete_fields}}


def _related(document: Document, relation: str) -> models.Manager[Any]:
    manager: models.Manager[Any] = getattr(document, relation)
    return manager
