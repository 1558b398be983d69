"""Writing: documents and their parts, many at once, with a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from archive.accession.authorities import Authority, resolve
from archive.accession.fitting import PARTS
from archive.accession.mapping import Mention, Named, Row
from archive.inserting import insert, numbered
from archive.models import ArchivalUnit, Document
from archive.units import codes_of, units_at


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one relation of one document; ``place`` is that of the document in its batch.

    ``source`` is the name of the source that they were read from.
    """

    place: int
    document: Document
    source: str
    relation: str
    rows: list[Row]


def write_documents(rows: Sequence[Row], record_ids: Sequence[str]) -> list[Row]:
    """Write new documents, and return their complete rows, in their order.

    One takes the record id of its source as its own identifier where nobody has it.
    """
    wanted = {record_id for record_id in record_ids if record_id}
    taken = (
        set(Document.objects.filter(identifier__in=wanted).values_list("identifier", flat=True)) if wanted else set()
    )
    now = timezone.now()
    written = numbered(Document, [{**row, "created_at": now, "modified_at": now} for row in rows])
    for row, record_id in zip(written, record_ids, strict=True):
        if record_id and record_id not in taken:
            row["identifier"] = record_id
            taken.add(record_id)
    insert(Document, written)
    return written


def write_parts(parts: Sequence[Part]) -> dict[str, list[Row]]:
    """Write rows of documents, with the authorities and the archival units that they name.

    Returns the complete rows by relation, those of a document in their order.
    """
    authorities = resolve(_mentions(parts))
    references = [row for part in parts if part.relation == "references" for row in part.rows if row["understood"]]
    units = units_at(references)
    rows: dict[str, list[Row]] = defaultdict(list)
    for part in parts:
        seen = set()
        for row in part.rows:
            values = _values(part, row, authorities, units)
            mark = _mark(part.relation, values)
            if mark is None or mark not in seen:  # two names may turn out to be one
                seen.add(mark)
                rows[part.relation].append({**values, "document": part.document})
    written = {relation: numbered(PARTS[relation][0], new) for relation, new in rows.items()}
    for relation, new in written.items():
        insert(PARTS[relation][0], new)
    return written


def _mentions(parts: Sequence[Part]) -> Iterator[Mention]:
    for part in parts:
        for row in part.rows:
            for value in row.values():
                if isinstance(value, Named):
                    yield Mention(part.place, part.source, value)


def _values(
    part: Part, row: Row, authorities: Mapping[Mention, Authority], units: Mapping[tuple[str, ...], ArchivalUnit]
) -> dict[str, Any]:
    """A row with what it names."""
    if part.relation == "references":
        return {**row, "unit": units.get(codes_of(row)) if row["understood"] else None}
    if part.relation == "contributions":
        return {**row, "agent": authorities[Mention(part.place, part.source, row["agent"])]}
    if part.relation == "subjects":
        named = row["authority"]
        found = authorities[Mention(part.place, part.source, named)]
        return {"order": row["order"], "relation": row["relation"], named.kind: found}
    return row


def _mark(relation: str, values: Mapping[str, Any]) -> Any:
    """What no two rows of a document may have in common."""
    if relation == "contributions":
        return (values["agent"].pk, values["role"])
    if relation == "subjects":
        return next(
            (kind, values[kind].pk, values["relation"]) for kind in ("agent", "place", "concept") if kind in values
        )
    return None
