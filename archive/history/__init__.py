"""History: what each document, and each thing that documents refer to, said; who changed it; and the way back.

``keep``        makes sure that the present state is in the history, before something changes it.
``begin``       writes the first revision of documents that have just been inserted.
``record``      writes a revision of each thing that has changed since its last one.
``difference``  says in words what is different between two states.
``restore``     puts a thing back as a revision says.

Each is about documents, unless ``of`` names another model: Agent, Place, Concept, ConceptScheme, ArchivalUnit or
Collection.

A document is one thing with its parts, so a revision holds all of it: what was true at one moment can be
read, compared and brought back together. The state (draft, published) is not part of it: only the verbs in
archive.publication change that, and archive.models.StateChange keeps who did.
"""

from archive.history.aggregates import AGGREGATES
from archive.history.contents import Contents, snapshots
from archive.history.differences import Change, difference
from archive.history.recording import (
    ACCESSION,
    CREATED,
    EDITED,
    FOUND,
    MERGED,
    PARTED,
    RESTORED,
    begin,
    keep,
    last_number,
    record,
    remembered,
    revisions_of,
)
from archive.history.restoring import restore
from archive.history.targets import RestoreRefused

__all__ = [
    "ACCESSION",
    "AGGREGATES",
    "CREATED",
    "EDITED",
    "FOUND",
    "MERGED",
    "PARTED",
    "RESTORED",
    "Change",
    "Contents",
    "RestoreRefused",
    "begin",
    "difference",
    "keep",
    "last_number",
    "record",
    "remembered",
    "restore",
    "revisions_of",
    "snapshots",
]
