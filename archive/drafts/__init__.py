"""Draft: all that any input format can say of one document.

A draft is what a reader understood of a source, before anything is stored. It is the first of the two
narrow waists of the route: accession sees drafts and never files. Every field keeps the text it was read
from, letter for letter, and where that text stands, so that an archivist can check each value against its
source, and so that nothing of the source is lost on the way.

Positions count characters of the decoded source, from 0, end exclusive. No Django here.
"""

from archive.drafts.by_kind import ByKind
from archive.drafts.draft import Draft, Field, Identity, Notice, RefusedPart
from archive.drafts.pages import Box, Line, Page, Word
from archive.drafts.source_text import Role, Segment, Span
from archive.drafts.stored import fields_as_data, fields_from_data, packed, unpacked
from archive.drafts.thing import ThingDraft, ThingName
from archive.drafts.unit import UnitDraft
from archive.drafts.values import (
    Citation,
    Contribution,
    Distribution,
    DocumentDate,
    Editorial,
    EmptyLabel,
    Event,
    Membership,
    Number,
    OriginalLanguage,
    RecordId,
    Reference,
    Relation,
    Rights,
    SourceUrl,
    Statement,
    Subject,
    Summary,
    TextBody,
    Title,
    Value,
)

__all__ = [
    "Box",
    "ByKind",
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
    "Line",
    "Membership",
    "Notice",
    "Number",
    "OriginalLanguage",
    "Page",
    "RecordId",
    "Reference",
    "RefusedPart",
    "Relation",
    "Rights",
    "Role",
    "Segment",
    "SourceUrl",
    "Span",
    "Statement",
    "Subject",
    "Summary",
    "TextBody",
    "ThingDraft",
    "ThingName",
    "Title",
    "UnitDraft",
    "Value",
    "Word",
    "fields_as_data",
    "fields_from_data",
    "packed",
    "unpacked",
]
