"""A mapping: what a person says the columns of a table mean, where their headings do not say it themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How the columns of a table are to be read.

    ``columns`` pairs headings with fields as ``headings.FIELDS`` names them, with a language where the words have one
    (``translation@en``). A heading that is not among them means what it says. ``separator`` parts the values of one
    cell. ``language`` is that of titles, summaries and statements that name none. ``system`` is the name of the
    system that the record ids are from; without it, it is the file's name up to its first dot.
    """

    name: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    separator: str = SEPARATOR
    language: str = ""
    system: str = ""

    def field_of(self, heading: str) -> str | None:
        """The field that the mapping gives to a heading, in any case and with any blanks; None if it gives none."""
        wanted = _plain(heading)
        return next((field for each, field in self.columns if field and _plain(each) == wanted), None)

    def as_data(self) -> dict[str, Any]:
        """The mapping as plain data, for a JSON column."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> ColumnMapping | None:
        """The mapping that ``as_data`` told of; None of nothing."""
        if not data:
            return None
        return cls(**{**data, "columns": tuple((heading, field) for heading, field in data["columns"])})


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()
