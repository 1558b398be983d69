"""Pages: the place where page images and their lines, as a source has them, are entered with their documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.accession.originals import Originals
from archive.drafts import Draft, Page
from archive.models import AccessionSource, Document


@dataclass(frozen=True, slots=True)
class Paged:
    """A document that was just entered, the draft that it came from, and the source of that draft.

    The names in ``Page.file`` are those of other sources of the same accession or container, see
    archive.accession.neighbours.
    """

    document: Document
    draft: Draft
    source: AccessionSource


def enter_pages(batch: Sequence[Paged], originals: Originals) -> dict[int, str]:
    """Enter the pages of documents, in the transaction that writes these; what an archivist should know of each.

    ``batch`` has the documents that are new or were updated and whose drafts have pages. The result is by primary
    key of the document, and empty where all is well. ``originals`` opens the files, in a rehearsal too. The images of
    pages are not taken in yet, and it says so.
    """
    return {
        each.document.pk: f"The source has {count} {'page' if count == 1 else 'pages'}; "
        "the images and the places of the lines are kept with the original and not taken in."
        for each in batch
        if (count := len(each.draft.all(Page)))
    }
