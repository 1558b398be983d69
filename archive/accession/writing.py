"""Writing: documents and their parts, many at once, with a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from archive.accession.authorities import Authority, resolve
from archive.accession.fitting import PARTS
from archive.accession.mapping import Mention, Row
from archive.accession.own import units_by_address
from archive.inserting import insert, numbered
from archive.models import ArchivalUnit, Document
from archive.units import codes_of, units_at

#: The relations whose rows name an authority, and in which column.
_NAMING = {"contributions": "agent", "subjects": "authority"}


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
    units = _Units.of([row for part in parts if part.relation == "references" for row in part.rows])
    rows: dict[str, list[Row]] = defaultdict(list)
    for part in parts:
        seen = set()
        for row in part.rows:
            values = _values(part, row, authorities, units)
            mark = _mark(part.relation, values)
            if mark is None or mark not in seen:  # two names may turn out to be one
                seen.add(mark)
                rows[part.relation].append({**values, "document": part.document.pk})
    written = {relation: numbered(PARTS[relation][0], new) for relation, new in rows.items()}
    _derive(written.get("texts", ()))
    for relation, new in written.items():
        insert(PARTS[relation][0], new)
    return written


@dataclass(frozen=True, slots=True)
class _Units:
    """The archival units that references lead to: by the address that their source has, else by their codes."""

    at: Mapping[tuple[str, ...], ArchivalUnit]
    by_address: Mapping[str, ArchivalUnit]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> _Units:
        addresses = {row["unit"].uri for row in rows if "unit" in row}
        by_address = units_by_address(addresses) if addresses else {}
        return cls(units_at(row for row in rows if row["understood"] and not _told(row, by_address)), by_address)

    def unit(self, row: Row) -> ArchivalUnit | None:
        """The unit that a reference leads to."""
        if _told(row, self.by_address):
            return self.by_address[row["unit"].uri]
        return self.at.get(codes_of(row)) if row["understood"] else None


def _told(row: Row, by_address: Mapping[str, ArchivalUnit]) -> bool:
    return "unit" in row and row["unit"].uri in by_address


def _derive(texts: Sequence[Row]) -> None:
    """Let texts name those that they were made from by their primary keys; by their places they did so before."""
    held: dict[int, list[Row]] = defaultdict(list)
    for row in texts:
        held[row["document"]].append(row)
    for each in held.values():
        keys = [row["id"] for row in each]
        for row in each:
            place = row["derived_from"]
            known = place is not None and place < len(keys) and keys[place] != row["id"]
            row["derived_from"] = keys[place] if known else None


def _mentions(parts: Sequence[Part]) -> Iterator[Mention]:
    for part in parts:
        if name := _NAMING.get(part.relation):
            for row in part.rows:
                yield Mention(part.place, part.source, row[name])


def _values(part: Part, row: Row, authorities: Mapping[Mention, Authority], units: _Units) -> dict[str, Any]:
    """A row with what it names."""
    if part.relation == "references":
        return {**row, "unit": units.unit(row)}
    if name := _NAMING.get(part.relation):
        named = row[name]
        found = authorities[Mention(part.place, part.source, named)]
        said = {each: value for each, value in row.items() if each != name}
        return {**said, named.kind: found}
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
