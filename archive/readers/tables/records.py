"""A record: one row of a table, its cells by the field that their columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.drafts import Field, Notice, Value
from archive.readers.source import Source
from archive.readers.tables.headings import Column
from archive.readers.tables.mapping import ColumnMapping

#: What a function of archive.readers.tables.fields finds in a record.
Found = Iterator[Field[Value] | Notice]

#: Words with an address after them, or an address alone: “Stalin <http://viaf.org/viaf/101802200>”.
_ADDRESSED = re.compile(r"(?P<words>.*?)\s*[<(\[]?(?P<uri>https?://[^\s<>\"|]{1,2000}?)[>)\]]?", re.DOTALL)


class RowRefused(Exception):  # noqa: N818 - the name says the outcome
    """The row cannot come in; the message tells an archivist what is wrong, and what to do.

    ``placed`` says that the message begins with the place of the cell that is wrong.
    """

    def __init__(self, message: str, *, placed: bool = False) -> None:
        super().__init__(message)
        self.placed = placed


@dataclass(frozen=True, slots=True)
class Cell:
    """The words in one cell, or one of several values in it; ``called`` is the cell's name in messages."""

    words: str
    column: Column
    locator: str
    language: str

    @property
    def called(self) -> str:
        """What the cell is called in messages."""
        heading = f"column “{self.column.heading}”"
        return self.locator if heading in self.locator else f"{self.locator} ({heading})"

    def says(self, value: Value, *, inferred: str = "") -> Field[Value]:
        """The field of which the value was read from this cell."""
        return Field(value, self.words, locator=self.locator, inferred=inferred)

    def doubted(self, doubt: str) -> Notice:
        """A notice about the cell."""
        return Notice(f"{self.called}: {doubt}")

    def refused(self, reason: str) -> RowRefused:
        """The refusal of the row for what is in this cell."""
        return RowRefused(f"{self.called}: {reason}", placed=True)

    @property
    def addressed(self) -> tuple[str, str]:
        """The words and the address in them, either of which may be empty."""
        match = _ADDRESSED.fullmatch(self.words)
        return (match["words"], match["uri"]) if match else (self.words, "")


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of a row that have words in them, in the order of the columns."""

    source: Source
    mapping: ColumnMapping
    cells: tuple[Cell, ...]

    def whole(self, *fields: str) -> tuple[Cell, ...]:
        """The cells of columns that hold one of these fields."""
        return tuple(cell for cell in self.cells if cell.column.field in fields)

    def values(self, *fields: str) -> Iterator[Cell]:
        """The values of columns that hold one of these fields; one cell may hold several."""
        for cell in self.whole(*fields):
            for words in cell.words.split(self.mapping.separator):
                if words.strip():
                    yield replace(cell, words=words.strip())
