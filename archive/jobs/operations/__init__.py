"""The operations, one module each. A new one is a module here and a line in one of the tuples."""

from archive.jobs.operations.add_subject import AddSubject
from archive.jobs.operations.add_to_collection import AddToCollection
from archive.jobs.operations.base import BadParameters, Operation
from archive.jobs.operations.publish import Publish
from archive.jobs.operations.remove_from_collection import RemoveFromCollection
from archive.jobs.operations.remove_subject import RemoveSubject
from archive.jobs.operations.set_rights import SetRights
from archive.jobs.operations.undo_accession import UndoAccession
from archive.jobs.operations.undo_edit import UndoEdit
from archive.jobs.operations.undo_publish import UndoPublish
from archive.jobs.operations.undo_withdraw import UndoWithdraw
from archive.jobs.operations.withdraw import Withdraw

__all__ = ["OPERATIONS", "UNDOINGS", "BadParameters", "Operation", "operation_of"]

#: What can be chosen for a selection of documents, in the order in which it is offered.
OPERATIONS: tuple[type[Operation], ...] = (
    AddSubject,
    RemoveSubject,
    SetRights,
    AddToCollection,
    RemoveFromCollection,
    Publish,
    Withdraw,
)
#: What can be chosen for a job that is done.
UNDOINGS: tuple[type[Operation], ...] = (UndoEdit, UndoPublish, UndoWithdraw)

#: What is offered with an accession, see archive.jobs.accessions.
OF_ACCESSIONS: tuple[type[Operation], ...] = (UndoAccession,)

_BY_NAME = {operation.name: operation for operation in (*OPERATIONS, *UNDOINGS, *OF_ACCESSIONS)}


def operation_of(name: str) -> type[Operation]:
    """The operation with this name.

    :raises BadParameters: if there is none, such as when a newer version had it.
    """
    if name not in _BY_NAME:
        raise BadParameters(f"There is no operation “{name}”.")
    return _BY_NAME[name]
