"""Description: everything that is said of one document, and all that any output format may ask.

The second narrow waist of the route: renderers see descriptions and never the database. Descriptions are
frozen, and built for many documents with a constant number of queries. A description does not ask whether
its document is public; that is for who renders and serves.
"""

from archive.description.assembly import describe, describe_new, describe_page
from archive.description.parts import (
    CollectionDescription,
    ContributionDescription,
    DateDescription,
    Description,
    EventDescription,
    LanguageString,
    LineDescription,
    LinkDescription,
    NumberDescription,
    PageDescription,
    ProvenanceDescription,
    ReferenceDescription,
    RelationDescription,
    StatementDescription,
    SubjectDescription,
    TextDescription,
    UnitDescription,
    WordDescription,
)

__all__ = [
    "CollectionDescription",
    "ContributionDescription",
    "DateDescription",
    "Description",
    "EventDescription",
    "LanguageString",
    "LineDescription",
    "LinkDescription",
    "NumberDescription",
    "PageDescription",
    "ProvenanceDescription",
    "ReferenceDescription",
    "RelationDescription",
    "StatementDescription",
    "SubjectDescription",
    "TextDescription",
    "UnitDescription",
    "WordDescription",
    "describe",
    "describe_new",
    "describe_page",
]
