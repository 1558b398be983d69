"""Tables as text: comma, semicolon, tab or bar between the cells (RFC 4180 and its relatives).

The delimiter is the one under which the first rows have the same number of cells; only the double quote quotes.
Python's own sniffer guesses quotes by patterns that take minutes over a hostile file, so it is not asked.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from io import TextIOWrapper

from archive.readers.refused import EmptySource, HostileSource, WrongEncoding
from archive.readers.source import CHUNK, Source
from archive.readers.tables.cells import COLUMN_LIMIT, ROW_LIMIT, Row

#: In the order in which they win where several would do.
DELIMITERS = "\t;,|"
#: Marks that say how a file is encoded. Those of UTF-32 go first, for that of UTF-16 begins one of them.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Bytes from which the delimiter is told.
HEAD = 64 * 1024
_SAMPLED_ROWS = 50

# The module's own limit is 128 KiB for the whole process, which a long transcript exceeds; rows are counted here.
csv.field_size_limit(ROW_LIMIT)


def encoding_of(head: bytes) -> str:
    """The encoding that a file's first bytes name; UTF-8 if they name none."""
    return next((encoding for mark, encoding in MARKS if head.startswith(mark)), "utf-8")


def delimiter_of(head: str) -> str:
    """The delimiter of a table that begins like this; empty if its rows have one cell each."""
    best, width = "", 1
    lines = head.splitlines(keepends=True)
    first = next((line for line in lines if line.strip("\r\n")), "")
    for delimiter in DELIMITERS:
        if delimiter not in first and '"' not in first:
            continue  # the first row has one cell; most texts that are no table are told by that
        rows = [len(cells) for cells in _sample(lines, delimiter) if cells]
        if rows and rows[0] > 1 and rows.count(rows[0]) * 2 >= len(rows) and rows[0] > width:
            best, width = delimiter, rows[0]
    return best


def head_of(source: Source) -> str:
    """The beginning of a file of text, without what a cut left of its last line; empty if it is no text."""
    head = source.head(HEAD)
    try:
        text = codecs.getincrementaldecoder(encoding_of(head))().decode(head)
    except UnicodeDecodeError:
        return ""
    if len(head) < HEAD:
        return text
    return text[: text.rfind("\n") + 1] or text


def rows_of(source: Source) -> Iterator[Row]:
    """The rows of a table as text.

    The whole file is gone through once before the first row, so that it is refused before anything of it is in.

    :raises WrongEncoding: naming the line that cannot be read.
    :raises EmptySource: if there is nothing but blank lines.
    :raises HostileSource: where one row is larger than any honest one.
    """
    _refuse_no_text(source)
    if all(row.blank for row in _rows(source)):
        raise EmptySource(f"{source.name} is empty: there is nothing but blank lines in it.")
    for row in _rows(source):
        if row.number and len(row.cells) > COLUMN_LIMIT:
            raise HostileSource(
                f"{source.name}: row {row.number} has {len(row.cells):,} cells; at most {COLUMN_LIMIT:,}."
            )
    yield from _rows(source)


def _sample(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        for _, cells in zip(range(_SAMPLED_ROWS), rows, strict=False):
            yield cells
    except csv.Error:
        return


def _refuse_no_text(source: Source) -> None:
    """Let a file pass that its encoding can decode and that has no zero character in it."""
    encoding = encoding_of(source.head(4))
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with source.open() as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise WrongEncoding(_undecodable(source.name, encoding, line)) from error
            if "\x00" in text:
                line += text.count("\n", 0, text.index("\x00"))
                raise WrongEncoding(
                    f"{source.name} is not a table of text: there is a zero character in line {line}. Open it in the "
                    "program that it comes from, save it as CSV in UTF-8 and hand it in again."
                )
            line += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise WrongEncoding(_undecodable(source.name, encoding, line)) from error


def _undecodable(name: str, encoding: str, line: int) -> str:
    said = "no mark at its beginning says how it is encoded, and it" if encoding == "utf-8" else "it"
    return (
        f"{name}: {said} is not {encoding.removesuffix('-sig').upper()}, for line {line} has bytes that mean nothing "
        "there. Save it as “CSV UTF-8” and hand it in again."
    )


class _Lines:
    """The lines of a file, with those of the row in work kept, so that a row that is none can be shown."""

    def __init__(self, file: TextIOWrapper, name: str) -> None:
        self.file, self.name = file, name
        self.kept: list[str] = []
        self.length = 0

    def __iter__(self) -> Iterator[str]:
        for line in iter(lambda: self.file.readline(ROW_LIMIT + 1), ""):
            self.length += len(line)
            if self.length > ROW_LIMIT:
                raise HostileSource(
                    f"{self.name} has a row of more than {ROW_LIMIT:,} characters, which begins with "
                    f"“{''.join((*self.kept, line))[:80]}”. Is a quotation mark open there? Mend the row and hand the "
                    "file in again."
                )
            self.kept.append(line)
            yield line

    def taken(self) -> str:
        """The lines since the last call."""
        words, self.kept, self.length = "".join(self.kept), [], 0
        return words


def _rows(source: Source) -> Iterator[Row]:
    delimiter = delimiter_of(head_of(source)) or ","
    with TextIOWrapper(source.open(), encoding=encoding_of(source.head(4)), newline="") as file:
        lines = _Lines(file, source.name)
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        number = 0
        while True:
            number += 1
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield _faulty(number, lines.taken(), delimiter, str(error))
                continue
            lines.taken()
            yield Row(number, tuple(cells))


def _faulty(number: int, words: str, delimiter: str, error: str) -> Row:
    """A row whose quotation marks do not come in pairs, read as well as can be."""
    cells = next(csv.reader(words.splitlines(keepends=True), delimiter=delimiter), [])
    if "end of data" in error:
        fault = "a quotation mark is opened in this row and closed nowhere, so that the rest of the file counts to it"
    else:
        fault = "there is a quotation mark within a cell that is not doubled"
    return Row(number, tuple(cells), fault)
