"""Replaced scans: those that a document had before an accession brought others, kept so that they can come back.

The history of a document is that of its words; its scans are kept here. Their images may have gone: they are made again
from the originals. They come back where the document still
shows what the accession brought, and stay away where somebody has changed that since.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import F
from django.utils import timezone

from archive.accession.images import remove_unshown, there
from archive.accession.pages import ASIDE, scans_of
from archive.models import Accession, Document, Page, ReplacedScans, Text
from archive.models.page import PageKind


def returnable(accession: Accession, document_ids: Collection[int]) -> dict[int, ReplacedScans]:
    """What can come back of documents, by primary key of the document. Two queries."""
    found = ReplacedScans.objects.filter(accession=accession, document__in=document_ids)
    kept = {each.document_id: each for each in found}
    now = scans_of(kept) if kept else {}
    return {pk: each for pk, each in kept.items() if now[pk] == each.brought}


def bring_back(accession: Accession, document_ids: Sequence[int]) -> None:
    """Let documents show the scans again that they had before an accession, in the caller's transaction."""
    for pk, kept in returnable(accession, document_ids).items():
        scans = Page.objects.filter(document=pk, kind=PageKind.SCAN)
        gone = set(scans.values_list("image", flat=True))
        scans.delete()
        Page.objects.filter(document=pk, kind=PageKind.TYPESET, order__lt=ASIDE).update(order=F("order") + ASIDE)
        texts = set(Text.objects.filter(document=pk).values_list("pk", flat=True))
        Page.objects.bulk_create(
            Page(
                document_id=pk,
                kind=PageKind.SCAN,
                **{**row, "image": there(row["image"]), "text_id": row["text_id"] if row["text_id"] in texts else None},
            )
            for row in kept.pages
        )
        Document.objects.filter(pk=pk).update(modified_at=timezone.now())
        kept.delete()
        remove_unshown(gone)
