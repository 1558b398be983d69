"""Words with a fixed meaning, as the pages have to have them in every language.

They stand in records and in what is harvested, in English whoever asks, so that only the pages translate them.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.models.agent import AgentKind, NameKind
from archive.models.contribution import ContributionRole
from archive.models.document import NumberKind
from archive.models.event import EventKind
from archive.models.link import LinkRelation, LinkSource
from archive.models.relation import DocumentRelationKind
from archive.models.text import TextKind, TextMethod
from archive.models.unit import UnitLevel

#: The context of these words in the catalogues: a file of the archival tree is no file of a computer.
MEANING = "word of the archive"

_VOCABULARIES = (
    AgentKind, NameKind, ContributionRole, NumberKind, EventKind, LinkRelation, LinkSource, DocumentRelationKind,
    TextKind, TextMethod, UnitLevel,
)  # fmt: skip


def vocabulary() -> Iterator[str]:
    """Every word that a page can have to say."""
    for words in _VOCABULARIES:
        yield from (str(label) for label in words.labels)
