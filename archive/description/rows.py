"""Rows: documents and their parts as the database has them, read as tuples, one query for each kind of part.

A tuple takes a fifth of the time of an instance of a model, and nothing of a description is ever saved.
"""

from __future__ import annotations

from collections import defaultdict, namedtuple
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.db.models import QuerySet

from archive.compiled import KEYS, Compiled
from archive.inserting import New, values
from archive.models import (
    AccessionItem,
    ArchivalReference,
    Contribution,
    Document,
    DocumentEvent,
    DocumentNumber,
    DocumentRelation,
    Page,
    Subject,
    Text,
)
from archive.models.accession import ItemState

#: A row, with its columns as attributes; a column of what it refers to with two underscores between.
Row = Any

#: Kinds of authority, each with a table of its own.
AUTHORITIES = ("agent", "concept", "place")

_DOCUMENT = (
    "pk", "identifier", "title", "title_language", "date", "date_verbatim", "date_earliest", "date_latest",
    "distribution", "distribution_copies", "distribution_possibly_truncated", "summary", "summary_language",
    "original_language", "citation", "rights", "rights_uri", "rights_holder", "source_url", "statements",
    "published_at", "state", "identity",
)  # fmt: skip
_ORDER = ("order", "pk")
#: The parts of a document: where they are, their order, and the columns that are asked for.
_PARTS: dict[str, tuple[QuerySet[Any], tuple[str, ...], tuple[str, ...]]] = {
    "numbers": (DocumentNumber.objects.all(), _ORDER, ("kind", "value")),
    "events": (
        DocumentEvent.objects.all(),
        _ORDER,
        ("kind", "date", "place", "destination", "agent", "note", "verbatim"),
    ),
    "texts": (
        Text.objects.all(),
        _ORDER,
        ("pk", "kind", "language", "body", "method", "made_by", "licence_uri", "derived_from_id"),
    ),
    "references": (
        ArchivalReference.objects.all(),
        _ORDER,
        ("repository", "fond", "opis", "delo", "papka", "listy", "verbatim", "understood", "unit_id"),
    ),
    "contributions": (
        Contribution.objects.all(),
        _ORDER,
        ("role", "as_written", "copies", "certain", "agent_id", "agent__name", "agent__identifier", "agent__kind"),
    ),
    "subjects": (
        Subject.objects.all(),
        _ORDER,
        (
            "relation",
            "certain",
            *(f"{kind}_{column}" for kind in AUTHORITIES for column in ("id", "_name", "_identifier")),
        ),
    ),
    "relations": (
        DocumentRelation.objects.filter(target__in=Document.objects.public()),
        _ORDER,
        ("kind", "target__identifier", "target__title"),
    ),
    "collections": (
        Document.collections.through.objects.all(),
        ("collection__title", "collection_id"),
        ("collection_id", "collection__slug", "collection__title"),
    ),
    "pages": (
        Page.objects.all(),
        _ORDER,
        ("identifier", "kind", "width", "height", "media_type", "text_id", "lines", "image", "order"),
    ),
    # Those that wrote something of the document. A source that came again and said the same tells nothing new.
    "accession_items": (
        AccessionItem.objects.filter(state__in=(ItemState.CREATED, ItemState.UPDATED), finished_at__isnull=False),
        ("finished_at", "pk"),
        ("finished_at", "source__reader", "source__reader_version", "source__original__sha256"),
    ),
}

#: The parts of a document that are rows of their own.
PARTS = frozenset(_PARTS)


@dataclass(frozen=True, slots=True)
class Rows:
    """The row of one document, and those of its parts in their order."""

    document: Row
    numbers: Sequence[Row]
    events: Sequence[Row]
    texts: Sequence[Row]
    references: Sequence[Row]
    contributions: Sequence[Row]
    subjects: Sequence[Row]
    relations: Sequence[Row]
    collections: Sequence[Row]
    pages: Sequence[Row]
    accession_items: Sequence[Row]


def rows_of(document_ids: Sequence[int], wanted: Collection[str] = PARTS) -> list[Rows]:
    """The rows of documents, ordered by primary key; ids that do not exist are passed over.

    Parts that are not ``wanted`` are not read, and there are none of them.
    """
    documents = list(Document.objects.filter(pk__in=document_ids).order_by("pk").values_list(*_DOCUMENT, named=True))
    keys = [document.pk for document in documents]
    parts = {name: _parts_of(name, keys) if name in wanted else {} for name in _PARTS}
    return [
        Rows(document, **{name: held.get(document.pk, ()) for name, held in parts.items()}) for document in documents
    ]


def rows_of_new(new: New) -> list[Rows]:
    """What ``rows_of`` would read of documents that have just been inserted; only their pages are read."""
    parts = {name: _of_new(new.parts.get(name, ()), part[2]) for name, part in _PARTS.items() if name != "pages"}
    documents = list(_rows(_DOCUMENT)(values(new.rows, *_DOCUMENT)))
    parts["pages"] = _held(*_PARTS["pages"], [document.pk for document in documents])
    return [
        Rows(document, **{name: held.get(document.pk, ()) for name, held in parts.items()}) for document in documents
    ]


def _of_new(rows: Sequence[dict[str, Any]], columns: tuple[str, ...]) -> Mapping[int, list[Row]]:
    return _by_document(values(rows, "document_id", *columns), columns)


@cache
def _rows(columns: tuple[str, ...]) -> Callable[[Iterable[tuple[Any, ...]]], Iterator[Row]]:
    """What makes rows of tuples, as ``values_list(named=True)`` does."""
    made = namedtuple("Row", columns)  # type: ignore[misc]
    return partial(map, made._make)


def _held(
    rows: QuerySet[Any], order: tuple[str, ...], columns: tuple[str, ...], documents: Sequence[int]
) -> Mapping[int, list[Row]]:
    """The rows of one kind of part, by document."""
    return _by_document(_of_documents(rows, order, columns, documents), columns)


def _of_documents(
    rows: QuerySet[Any], order: tuple[str, ...], columns: tuple[str, ...], documents: Sequence[int]
) -> QuerySet[Any, Any]:
    return rows.filter(document__in=documents).order_by(*order).values_list("document_id", *columns)


def _by_document(found: Iterable[tuple[Any, ...]], columns: tuple[str, ...]) -> Mapping[int, list[Row]]:
    held = defaultdict(list)
    for row in _rows(("document_id", *columns))(found):
        held[row.document_id].append(row)
    return held


#: The parts whose columns are plain ones (archive.compiled).
_COMPILED = {
    name: Compiled(partial(_of_documents, *part), KEYS)
    for name, part in _PARTS.items()
    if name not in ("pages", "accession_items")
}


def _parts_of(name: str, documents: Sequence[int]) -> Mapping[int, list[Row]]:
    if name in _COMPILED:
        return _by_document(_COMPILED[name](documents), _PARTS[name][2])
    return _held(*_PARTS[name], documents)
