"""Accession: bring sources in, as documents.

The verbs in their order::

    submit    keeps the originals and writes down what is to be done; sends a hint to the queue
    run       takes one item after another under a lease and enters it, each in one transaction
    finish    publishes what came in, if that was asked for, and says how it went
    cancel    lets no further item be taken; what is in work comes to its end
    retry     takes up again what failed or was left out
    refusals  gives what did not come in as a file to mend and hand in again
    unfinished  finds accessions that nobody works on any more

The rows of ``Accession`` and ``AccessionItem`` are the truth. A worker killed at any point leaves an expired
lease behind, and running the accession again goes on from there.
"""

from archive.accession.entry import Entry, Outcome, enter
from archive.accession.refusals import NOT_IN, Refusals, refusals
from archive.accession.rehearsal import rehearse
from archive.accession.report import Report, reports_of
from archive.accession.steering import cancel, retry
from archive.accession.submission import TooLarge, submit
from archive.accession.work import run, unfinished

__all__ = [
    "NOT_IN",
    "Entry",
    "Outcome",
    "Refusals",
    "Report",
    "TooLarge",
    "cancel",
    "enter",
    "refusals",
    "rehearse",
    "reports_of",
    "retry",
    "run",
    "submit",
    "unfinished",
]
