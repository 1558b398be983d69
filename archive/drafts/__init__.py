"""Draft: all that any input format can say of one document.

A draft is what a reader understood of a source, before anything is stored. It is the first of the two
narrow waists of the route: accession sees drafts and never files. Every field keeps the text it was read
from, letter for letter, and where that text stands, so that an archivist can check each value against its
source, and so that nothing of the source is lost on the way.

Positions count characters of the decoded source, from 0, end exclusive. No Django here.
"""

from archive.drafts.draft import Draft, Field, Identity, Notice, fields_as_data
from archive.drafts.source_text import Role, Segment, Span
from archive.drafts.values import (
    Citation,
    Contribution,
    Distribution,
    DocumentDate,
    Editorial,
    EmptyLabel,
    Event,
    Number,
    OriginalLanguage,
    RecordId,
    Reference,
    Rights,
    SourceUrl,
    Statement,
    Summary,
    TextBody,
    Title,
    Value,
)

__all__ = [
    "Citation",
    "Contribution",
    "Distribution",
    "DocumentDate",
    "Draft",
    "Editorial",
    "EmptyLabel",
    "Event",
    "Field",
    "Identity",
    "Notice",
    "Number",
    "OriginalLanguage",
    "RecordId",
    "Reference",
    "Rights",
    "Role",
    "Segment",
    "SourceUrl",
    "Span",
    "Statement",
    "Summary",
    "TextBody",
    "Title",
    "Value",
    "fields_as_data",
]
