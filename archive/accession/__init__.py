"""Accession: bring sources in, as documents.

The verbs in their order::

    submit    keeps the originals and writes down what is to be done; sends a hint to the queue
    read      streams each source once, under a lease, and writes down the documents that it holds
    enter     enters documents, many under one lease and in one transaction
    finish    publishes what came in, if that was asked for, and says how it went
    run       does these three until nothing is left to do
    cancel    lets nothing further be taken; what is in work comes to its end
    retry     takes up again what failed or was left out
    refusals  gives what did not come in as a file to mend and hand in again
    take_in, discard  decide over an accession that was only looked at; submit with look_first lets a worker look
    unfinished  finds accessions that nobody works on any more

The rows of ``Accession``, ``AccessionSource`` and ``AccessionItem`` are the truth. A worker killed at any point
leaves an expired lease behind, and running the accession again goes on from there.
"""

from archive.accession.arrivals import Arrival
from archive.accession.entry import enter_all
from archive.accession.looking import discard, take_in
from archive.accession.outcomes import Entry, Outcome
from archive.accession.refusals import NOT_IN, Refusals, refusals
from archive.accession.rehearsal import rehearse, rehearsed
from archive.accession.report import Report, reports_of
from archive.accession.steering import cancel, retry
from archive.accession.submission import Given, TooLarge, files_of, submit
from archive.accession.work import run, unfinished

__all__ = [
    "NOT_IN",
    "Arrival",
    "Entry",
    "Given",
    "Outcome",
    "Refusals",
    "Report",
    "TooLarge",
    "cancel",
    "discard",
    "enter_all",
    "files_of",
    "refusals",
    "rehearse",
    "rehearsed",
    "reports_of",
    "retry",
    "run",
    "submit",
    "take_in",
    "unfinished",
]
