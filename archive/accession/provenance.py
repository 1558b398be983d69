"""Provenance: the words of the source that each value of a document was read from, and what a person has changed since.

Told from what was understood of the source that the document came from last. It is the same comparison by which
``entry`` lets a changed value survive when the source comes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from archive import drafts
from archive.accession.comparison import held_rows, says
from archive.accession.mapping import Contents, Row, contents_of, named
from archive.accession.originals import source_of
from archive.accession.understanding import draft_of
from archive.drafts import Draft, Field, Value
from archive.models import AccessionItem, Document
from archive.readers import SourceRefused

#: Characters of the source shown on either side of the words.
AROUND = 80
#: Characters of the words themselves that are shown; a whole transcript is its own context.
WORDS = 400

#: Which value of the draft each field of the document is made from, and each of its parts.
FIELDS: dict[str, type[Value]] = {
    "title": drafts.Title,
    "title_language": drafts.Title,
    "date": drafts.DocumentDate,
    "date_verbatim": drafts.DocumentDate,
    "summary": drafts.Summary,
    "summary_language": drafts.Summary,
    "distribution": drafts.Distribution,
    "distribution_copies": drafts.Distribution,
    "distribution_possibly_truncated": drafts.Distribution,
    "original_language": drafts.OriginalLanguage,
    "citation": drafts.Citation,
    "rights": drafts.Rights,
    "rights_uri": drafts.Rights,
    "rights_holder": drafts.Rights,
    "source_url": drafts.SourceUrl,
    "statements": drafts.Statement,
}
ROWS: dict[str, type[Value]] = {
    "numbers": drafts.Number,
    "events": drafts.Event,
    "texts": drafts.TextBody,
    "references": drafts.Reference,
    "contributions": drafts.Contribution,
    "subjects": drafts.Subject,
}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of the source in their context; ``place`` says where they stand if it has no running text."""

    before: str
    words: str
    after: str
    place: str
    inferred: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value came from.

    ``said`` holds what the source says otherwise than the document, each with the name of the column; it is
    empty unless a person changed the value.
    """

    excerpts: tuple[Excerpt, ...]
    said: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether a person has changed the value since it came in."""
        return bool(self.said)


@dataclass(frozen=True, slots=True)
class Provenance:
    """The origins of a document's values: by name of the field, and by relation and primary key of the row.

    A row that is not in ``rows`` was added by hand; ``removed`` has those that a person took away.
    """

    item: AccessionItem
    fields: Mapping[str, Origin]
    rows: Mapping[str, Mapping[int, Origin]]
    removed: Mapping[str, Sequence[Origin]]


def provenance(document: Document) -> Provenance | None:
    """Where the values of a document came from, or None if it came from no source."""
    # Items of another identity are copies of what was published of it, see archive.accession.entry.
    items = document.accession_items.filter(state__in=AccessionItem.CAME_IN, identity=F("document__identity"))
    item = items.select_related("source__original").order_by("-finished_at", "-pk").first()
    if item is None:
        return None
    source = _Source(_text(item), draft_of(item))
    contents = contents_of(source.draft)
    rows, removed = {}, {}
    for relation in ROWS:
        rows[relation], removed[relation] = _rows(document, relation, source, contents)
    return Provenance(item, dict(_origins(document, source, contents)), rows, removed)


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of a source, empty if it cannot be had any more, and what was understood of it."""

    text: str
    draft: Draft

    def excerpts(self, fields: Iterable[Field[Value]]) -> tuple[Excerpt, ...]:
        return tuple(self._excerpt(field) for field in fields if field.verbatim or field.inferred or field.locator)

    def _excerpt(self, field: Field[Value]) -> Excerpt:
        before = after = ""
        if field.span and field.span.of(self.text) == field.verbatim:
            before = self.text[max(0, field.span.start - AROUND) : field.span.start]
            after = self.text[field.span.end : field.span.end + AROUND]
        return Excerpt(before, clipped(field.verbatim), after, field.locator, field.inferred)


def clipped(words: str) -> str:
    """Words, cut in the middle where they are too long to show."""
    return words if len(words) <= WORDS else f"{words[: WORDS // 2]} […] {words[-WORDS // 2 :]}"


def _text(item: AccessionItem) -> str:
    original = item.source.original
    if original is None or not any("span" in each for each in item.understood.get("fields", [])):
        return ""  # the words stand in no running text, and the file may be large
    try:
        return source_of(original, item.source.name).text
    except (SourceRefused, OSError):
        return ""


def _origins(document: Document, source: _Source, contents: Contents) -> Iterator[tuple[str, Origin]]:
    for name, kind in FIELDS.items():
        said = contents.fields[name]
        excerpts = source.excerpts(source.draft.all(kind) if name in ("rights", "statements") else _first(source, kind))
        changed = getattr(document, name) != said
        if changed or (excerpts and said not in ("", None, False, [])):
            yield name, Origin(excerpts, (("", _worded(said)),) if changed else ())


def _first(source: _Source, kind: type[Value]) -> tuple[Field[Value], ...]:
    return source.draft.all(kind)[:1]


def _rows(
    document: Document, relation: str, source: _Source, contents: Contents
) -> tuple[dict[int, Origin], list[Origin]]:
    """The origins of the rows of a relation, and of rows that are there no more."""
    unmatched = [(row, source.excerpts(_read_from(source.draft, relation, row))) for row in contents.rows[relation]]
    held = held_rows(document, relation)
    origins: dict[int, Origin] = {}
    for alike in (_same, _akin):
        for now in held:
            found = next((each for each in unmatched if now["pk"] not in origins and alike(now, each[0])), None)
            if found:
                unmatched.remove(found)
                origins[now["pk"]] = Origin(found[1], tuple(_differences(now, found[0])))
    return origins, [Origin(excerpts, tuple(_said(row))) for row, excerpts in unmatched]


def _read_from(draft: Draft, relation: str, row: Row) -> tuple[Field[Value], ...]:
    """The fields that a row was made from: one, but for a name that stands several times with the same role."""
    if relation == "contributions":
        same = (row["agent"].name, row["agent"].uri, row["role"])
        found = draft.all(drafts.Contribution)
        return tuple(each for each in found if (each.value.agent, each.value.uri, each.value.role) == same)
    if relation == "subjects":
        said = (row["authority"], row["relation"])
        return tuple(each for each in draft.all(drafts.Subject) if (named(each.value), each.value.relation) == said)
    return (draft.all(ROWS[relation])[row["order"]],)


def _differing(now: Row, row: Row) -> list[str]:
    return [name for name, said in row.items() if name != "order" and not says(now[name], said)]


def _same(now: Row, row: Row) -> bool:
    return not _differing(now, row)


def _akin(now: Row, row: Row) -> bool:
    """Whether a row may be what became of another: in the same place, and not different throughout."""
    return now["order"] == row["order"] and len(_differing(now, row)) < len(row) - 1


def _differences(now: Row, row: Row) -> Iterator[tuple[str, str]]:
    return ((_column(name), _worded(row[name])) for name in _differing(now, row))


def _said(row: Row) -> Iterator[tuple[str, str]]:
    return ((_column(name), _worded(said)) for name, said in row.items() if name != "order" and said not in ("", None))


def _column(name: str) -> str:
    return name.replace("_", " ")


def _worded(said: Any) -> str:
    if isinstance(said, bool):
        return "yes" if said else "no"
    if isinstance(said, list):
        return "; ".join(f"{each['term']}: {each['value']}" for each in said)
    return clipped(str(said)) if said is not None else ""
