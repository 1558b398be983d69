"""What a curator stated beyond the typed fields, for formats that have a place of their own for it."""

from __future__ import annotations

from dataclasses import replace

from archive.description import Description, StatementDescription
from harvest.formats import markup


def stated(description: Description, *terms: str) -> list[StatementDescription]:
    """The further statements of these terms, in their order: in words, or by their address where they have none."""
    found = (each for each in description.statements if each.term in terms)
    worded = (replace(each, value=markup.words(each.value) or markup.words(each.uri)) for each in found)
    return [each for each in worded if each.value]
