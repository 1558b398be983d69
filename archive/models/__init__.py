"""What the archive holds, one module per noun."""

from archive.models.accession import Accession, AccessionItem, Original
from archive.models.agent import Agent, AgentName
from archive.models.collection import Collection
from archive.models.contribution import Contribution
from archive.models.document import Document, DocumentNumber
from archive.models.event import DocumentEvent
from archive.models.page import Page
from archive.models.reference import ArchivalReference
from archive.models.representation import Representation, SetMembership
from archive.models.text import Text

__all__ = [
    "Accession",
    "AccessionItem",
    "Agent",
    "AgentName",
    "ArchivalReference",
    "Collection",
    "Contribution",
    "Document",
    "DocumentEvent",
    "DocumentNumber",
    "Original",
    "Page",
    "Representation",
    "SetMembership",
    "Text",
]
