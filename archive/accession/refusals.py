"""What an accession did not take in, as a file to mend and to hand in again.

Of tables it has exactly the rows that are not in, in the order of the columns, with the reason in a column before
them; of everything else the files themselves. One table gives a CSV file, all else a ZIP file with a list of reasons.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import groupby
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO

from django.db.models import Exists, OuterRef, Q

from archive.accession.originals import source_of
from archive.models import Accession, AccessionSource
from archive.models.accession import ItemState
from archive.readers import Source, SourceRefused
from archive.readers.tables import ColumnMapping, Table
from archive.readers.tables.places import Place, places
from archive.readers.tables.refused_rows import REASON, guarded

NOT_IN = (ItemState.REFUSED, ItemState.FAILED)
#: Bytes up to which a file is made in memory.
_IN_MEMORY = 10 * 1024 * 1024
_REASONS = "reasons.csv"


@dataclass(frozen=True, slots=True)
class Refusals:
    """A file of what was refused: its name, its media type, and its bytes, for the caller to read and to close."""

    name: str
    media_type: str
    file: IO[bytes]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one table that are not in, each with the reason, and the table's headings."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Whole:
    """A file, or a part of one, that cannot be mended row by row; ``source`` is None where the part alone is told."""

    name: str
    reason: str
    source: Source | None


def refusals(accession: Accession) -> Refusals | None:
    """The file of what an accession refused or failed to take in; None if everything came in."""
    found = tuple(_refused(accession))
    if not found:
        return None
    if len(found) == 1 and isinstance(found[0], _Rows):
        file = _file()
        _write_rows(found[0], file)
        file.seek(0)
        return Refusals(found[0].name, "text/csv; charset=utf-8", file)
    return Refusals(f"accession-{accession.pk}.refused.zip", "application/zip", _zipped(found))


def _file() -> IO[bytes]:
    return SpooledTemporaryFile(max_size=_IN_MEMORY)


def _refused(accession: Accession) -> Iterator[_Rows | _Whole]:
    not_in = accession.items.filter(state__in=NOT_IN)
    wanted = Q(state__in=NOT_IN) | Exists(not_in.filter(source=OuterRef("pk")))
    for source in accession.sources.filter(wanted).select_related("original").order_by("pk"):
        yield from _of_source(source, dict(not_in.filter(source=source).values_list("part", "reason")), accession)


def _of_source(row: AccessionSource, reasons: dict[int, str], accession: Accession) -> Iterator[_Rows | _Whole]:
    """``reasons`` is why its parts are not in, by their numbers."""
    if row.original is None:
        yield _Whole(row.name, row.reason, None)
        return
    source = source_of(row.original, row.name)
    source.mapping = ColumnMapping.from_data(accession.mapping)
    if row.state in NOT_IN or not Table().recognises(source):
        told = dict.fromkeys(filter(None, (row.reason, *reasons.values())))
        yield _Whole(row.name, "; ".join(told), source)
        return
    try:
        yield from _of_table(source, reasons)
    except SourceRefused as refusal:
        yield _Whole(row.name, str(refusal), source)


def _of_table(source: Source, reasons: dict[int, str]) -> Iterator[_Rows | _Whole]:
    """The rows with these numbers, sheet by sheet; the reader counts its parts in the same order."""
    for sheet, numbered in groupby(enumerate(places(source)), key=lambda each: each[1].sheet.name):
        found = [(place, reasons[part]) for part, place in numbered if part in reasons]
        rows = tuple((reason, place.row.cells) for place, reason in found if place.row is not None)
        if rows:
            yield _Rows(_name(source, sheet), _headings(found[0][0]), rows)
        yield from (_Whole(f"{source.name}, {sheet}", reason, None) for place, reason in found if place.row is None)


def _name(source: Source, sheet: str) -> str:
    """A name that keeps the documents' identity: the system of a table is its file's name up to the first dot."""
    folder = PurePosixPath(source.name).parent
    stem = PurePosixPath(source.name).name.partition(".")[0]
    return str(folder / ".".join(filter(None, (stem, _plain(sheet), "refused", "csv"))))


def _plain(name: str) -> str:
    return "".join(each if each.isalnum() or each in " -_" else "_" for each in name)


def _headings(place: Place) -> tuple[str, ...]:
    return tuple(column.heading for column in place.columns)


def _write_rows(table: _Rows, file: IO[bytes]) -> None:
    """Write rows as CSV in UTF-8 with its mark, without which Excel takes it for another encoding."""
    words = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    lines = csv.writer(words)
    again = table.headings and table.headings[0].casefold() == REASON.casefold()
    lines.writerow(map(guarded, table.headings if again else (REASON, *table.headings)))
    for reason, cells in table.rows:
        lines.writerow(map(guarded, (reason, *(cells[1:] if again else cells))))
    words.flush()
    words.detach()


def _zipped(found: tuple[_Rows | _Whole, ...]) -> IO[bytes]:
    packed = _file()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        names: set[str] = {_REASONS}
        for each in found:
            if isinstance(each, _Rows):
                with archive.open(_safe(each.name, names), "w") as file:
                    _write_rows(each, file)
            elif each.source is not None:
                with archive.open(_safe(each.name, names), "w") as file, each.source.open() as original:
                    file.writelines(iter(lambda original=original: original.read(_IN_MEMORY), b""))  # type: ignore[misc]
        with archive.open(_REASONS, "w") as file:
            _write_rows(_Rows("", ("File",), tuple(_reasons(found))), file)
    packed.seek(0)
    return packed


def _reasons(found: tuple[_Rows | _Whole, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for each in found:
        if isinstance(each, _Whole):
            yield each.reason, (each.name,)
        else:
            yield from ((reason, (each.name,)) for reason, _ in each.rows)


def _safe(name: str, taken: set[str]) -> str:
    """A name that stays within the ZIP file when that is unpacked, and that nothing else in it has."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    wanted = PurePosixPath(*parts or ["unnamed"])
    free, number = wanted, 1
    while str(free) in taken:
        number += 1
        free = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    taken.add(str(free))
    return str(free)
