"""Files of refused rows: how they are told from others, and how their cells are kept from running as formulas.

A spreadsheet program takes a cell of CSV that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and whoever made
the table that was refused may have meant it to run on an archivist's machine. Good practice (OWASP, "CSV Injection")
sets an apostrophe before such a cell. It is taken away again when the file comes back, so that no word changes.
"""

from __future__ import annotations

import dataclasses
import re

from archive.readers.tables.cells import Row

#: The heading of the column, the first of the file, that says why each row is there.
REASON = "Refused because"
#: What could run, and what looks as if it had an apostrophe set before it already.
_COULD_RUN = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


def is_one(headings: Row) -> bool:
    """Whether a table with these headings is a file of refused rows."""
    return any(cell.strip().casefold() == REASON.casefold() for cell in headings.cells)


def guarded(words: str) -> str:
    """The words of a cell, such that no spreadsheet program runs them."""
    return f"'{words}" if _COULD_RUN.match(words) else words


def as_they_were(row: Row) -> Row:
    """A row of a file of refused rows, with the words that its cells had when they were refused."""
    cells = tuple(cell[1:] if _GUARDED.match(cell) else cell for cell in row.cells)
    return dataclasses.replace(row, cells=cells)
