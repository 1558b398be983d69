"""What the archive holds, one module per noun."""

from archive.models.accession import Accession, AccessionItem, AccessionSource, Original, ReplacedScans
from archive.models.agent import Agent, AgentName
from archive.models.collection import Collection
from archive.models.concept import Concept, ConceptLabel, ConceptScheme
from archive.models.contribution import Contribution
from archive.models.document import Document, DocumentNumber
from archive.models.event import DocumentEvent
from archive.models.finding import Finding
from archive.models.job import Job, JobItem
from archive.models.key import AuthorityKey
from archive.models.kind import Kind
from archive.models.link import AuthorityLink
from archive.models.mapping import ColumnMapping
from archive.models.merge import Merge
from archive.models.page import Page
from archive.models.place import Place, PlaceName
from archive.models.proof import Proof
from archive.models.readiness import Readiness
from archive.models.reference import ArchivalReference
from archive.models.relation import DocumentRelation
from archive.models.representation import LastDatestamp, Representation, SetMembership
from archive.models.revision import EntityRevision, Revision
from archive.models.stale import Stale
from archive.models.state_change import StateChange
from archive.models.stored_query import StoredQuery
from archive.models.subject import Subject
from archive.models.text import Text
from archive.models.unit import ArchivalUnit

__all__ = [
    "Accession",
    "AccessionItem",
    "AccessionSource",
    "Agent",
    "AgentName",
    "ArchivalReference",
    "ArchivalUnit",
    "AuthorityKey",
    "AuthorityLink",
    "Collection",
    "ColumnMapping",
    "Concept",
    "ConceptLabel",
    "ConceptScheme",
    "Contribution",
    "Document",
    "DocumentEvent",
    "DocumentNumber",
    "DocumentRelation",
    "EntityRevision",
    "Finding",
    "Job",
    "JobItem",
    "Kind",
    "LastDatestamp",
    "Merge",
    "Original",
    "Page",
    "Place",
    "PlaceName",
    "Proof",
    "Readiness",
    "ReplacedScans",
    "Representation",
    "Revision",
    "SetMembership",
    "Stale",
    "StateChange",
    "StoredQuery",
    "Subject",
    "Text",
]
