"""The client: harvest the repositories of others, by OAI-PMH 2.0, into documents.

The verbs in their order::

    ask_for_check  has a worker ask a source what it is, whenever it was saved
    check          asks Identify, ListMetadataFormats and ListSets, and writes the answers down
    start          begins a run of a source, of what has changed or of everything; never two at once
    run            asks for page after page under a lease; each is written in one transaction with the next token
    settle         withdraws the documents of records that were deleted, or reports them
    cancel         ends a run before its next page
    start_due      begins the runs whose time has come
    unfinished, unchecked, waiting   find what nobody works on any more

    provenance_of  tells where documents came from, for the provider's ``about``

The rows of ``HarvestSource``, ``HarvestRun`` and ``HarvestedRecord`` are the truth. Records go the way of every other
source: ``intake`` hands them to ``archive.accession``, and ``archive.readers.oai`` reads them. pyoai's client is not
used: it reads XML without bounds, follows any redirect, and keeps its tokens to itself.
"""

from harvest.client.checking import ask_for_check, check, unchecked
from harvest.client.deletions import settle, waiting
from harvest.client.provenance import Origin, Provenance, provenance_of
from harvest.client.steering import CannotStart, cancel, start, start_due, unfinished
from harvest.client.work import run

__all__ = [
    "CannotStart",
    "Origin",
    "Provenance",
    "ask_for_check",
    "cancel",
    "check",
    "provenance_of",
    "run",
    "settle",
    "start",
    "start_due",
    "unchecked",
    "unfinished",
    "waiting",
]
