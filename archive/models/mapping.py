"""Column mappings: what the columns of a kind of table mean, kept under a name."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from archive.readers.tables.headings import TAG, field_called
from archive.readers.tables.mapping import SEPARATOR
from archive.readers.tables.mapping import ColumnMapping as Mapping


class ColumnMapping(models.Model):
    """How tables of one kind are to be read.

    An accession keeps a copy of the mapping it was handed in with: one that changes later changes nothing that is in.
    """

    name = models.CharField(max_length=100, unique=True, help_text="Chosen by this name when tables are handed in.")
    #: Pairs of a heading and a field, as ``archive.readers.tables.mapping`` has them; an empty field gives none.
    columns = models.JSONField(default=list, blank=True)
    separator = models.CharField(
        max_length=5, default=SEPARATOR, help_text="Parts the values that stand in one cell: Stalin|Molotov."
    )
    language = models.CharField(
        max_length=35,
        blank=True,
        help_text="Of titles and summaries that name none themselves: en, ru, zh-Hans.",
    )
    system = models.CharField(
        max_length=200,
        blank=True,
        help_text="The system that the record ids are from. If empty, the name of the file up to its first dot.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse what no reader could follow.

        :raises ValidationError: beside the field that is wrong.
        """
        if self.language and not TAG.fullmatch(self.language):
            raise ValidationError({"language": f"“{self.language}” is no language tag. Write en, ru or zh-Hans."})
        problem = next(filter(None, map(_problem, self.columns)), "")
        if problem:
            raise ValidationError({"columns": problem})

    def as_mapping(self) -> Mapping:
        """The mapping as readers have it."""
        columns = tuple((heading, field) for heading, field in self.columns)
        return Mapping(self.name, columns, self.separator, self.language, self.system)


def _problem(pair: list[str]) -> str:
    """What is wrong with what a heading is given; empty if nothing is."""
    heading, given = pair
    field, _, doubt = field_called(given)
    if given and not field:
        return f"“{given}”, given to the column “{heading}”, is no field."
    return f"Column “{heading}”: {doubt}." if doubt else ""
