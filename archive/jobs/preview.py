"""Preview: the difference that an operation would make, before anybody makes it."""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass

from archive.jobs.operations import Operation
from archive.jobs.operations.base import Difference
from archive.models.document import DocumentQuerySet

#: Documents whose difference is shown in full.
SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """How many documents an operation would change, how many are so already, and some of them in full.

    ``mark`` is another one as soon as the selection or the count is.
    """

    total: int
    changing: int
    sample: list[Difference]
    mark: str

    @property
    def unchanging(self) -> int:
        """How many documents are already as they would be."""
        return self.total - self.changing

    @property
    def unseen(self) -> int:
        """How many documents change that the sample does not show."""
        return self.changing - len(self.sample)


def preview(operation: Operation, documents: DocumentQuerySet) -> Preview:
    """What the operation would change among documents. Asks a constant number of queries."""
    ids = sorted(documents.order_by().values_list("pk", flat=True))
    wanting = operation.wanting(documents)
    changing = wanting.count()
    digest = hashlib.sha256(array("q", ids).tobytes()).hexdigest()
    return Preview(
        total=len(ids),
        changing=changing,
        sample=operation.difference(list(wanting[:SAMPLE])),
        mark=f"{len(ids)}-{changing}-{digest[:16]}",
    )
