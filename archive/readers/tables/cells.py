"""Tables as rows of words, whatever file they stand in: what the formats give, and what the columns are read from.

Limits hold for every format. They are far beyond an honest table, and keep a hostile one from taking the memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

#: Characters of one row, the longest transcript with its description. War and Peace has three million.
ROW_LIMIT = 5_000_000
#: Columns of a table.
COLUMN_LIMIT = 1_000
#: A sheet ends at this many blank rows: two programs in three write a million of them after the last.
BLANK_ROWS = 1_000

#: Why a row is refused that has a formula without a value, which another program than a spreadsheet wrote.
UNCOMPUTED = (
    "a formula in it has never been computed. Open the file in a spreadsheet program, save it and hand it in again"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as spreadsheet programs count, from 1, and the words of its cells.

    ``fault`` says, in an archivist's words, why the row cannot be read, and ``doubts`` what to know of it.
    """

    number: int
    cells: tuple[str, ...]
    fault: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.fault and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file; ``name`` is empty where the file is one table."""

    name: str
    rows: Iterator[Row]

    def place(self, row: int) -> str:
        """What a row is called in reports."""
        return f"{self.name}, row {row}" if self.name else f"row {row}"

    def locator(self, row: int, column: int, heading: str) -> str:
        """Where a cell stands: ``Letters!C7``, or in files without sheets ``row 7, column “Title”``."""
        if self.name:
            return f"{self.name}!{letters(column)}{row}"
        return f"row {row}, column “{heading}”" if heading else f"row {row}, column {letters(column)}"


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A to Z, AA and so on."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def until_blank(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows up to the first ``BLANK_ROWS`` blank ones together, whatever size the sheet claims to have."""
    blank = 0
    for row in rows:
        blank = blank + 1 if row.blank else 0
        if blank >= BLANK_ROWS:
            return
        yield row
