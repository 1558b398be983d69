"""Jobs: one operation on many documents, seen before it is made, and taken back if it was wrong.

The verbs in their order::

    preview     says what an operation would change, without changing anything
    submit      writes down what is to be done to which documents; sends a hint to the queue
    run         works off one batch after another under a lease, each in one transaction
    cancel      lets the worker stop before its next batch
    retry       takes up again what failed and what a cancelled job did not reach
    undo        is a job of its own, which puts back what another one changed; what_undo_does shows it beforehand
    unfinished  finds jobs that nobody works on any more

The rows of ``Job`` and ``JobItem`` are the truth. A worker killed at any point leaves an expired lease behind,
and running the job again goes on from there.
"""

from archive.jobs.operations import OPERATIONS, Operation, operation_of
from archive.jobs.operations.base import BadParameters, Difference
from archive.jobs.preview import Preview, preview
from archive.jobs.steering import CannotBeUndone, cancel, retry, undo, what_undo_does
from archive.jobs.submission import submit
from archive.jobs.work import run, unfinished

__all__ = [
    "OPERATIONS",
    "BadParameters",
    "CannotBeUndone",
    "Difference",
    "Operation",
    "Preview",
    "cancel",
    "operation_of",
    "preview",
    "retry",
    "run",
    "submit",
    "undo",
    "unfinished",
    "what_undo_does",
]
