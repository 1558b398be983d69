"""Pages: from the pages of a draft to page images with lines, in two steps.

``prepare`` makes the images, which takes a tenth of a second each and more: outside any transaction. ``enter_pages``
writes the rows, in the transaction that writes the documents. An image is made once, however often it comes: its file
has the checksum of what it was made from as its name. What was handed in stays as it is, as an Original.

Scans come before the pages that are typeset; see archive.typesetting.pages.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from archive import drafts
from archive.accession.images import Images, Made, original_of, remove_unshown
from archive.drafts import Draft
from archive.imaging import ImageUnusable, told
from archive.imaging.pyramids import MEDIA_TYPE, VERSION
from archive.models import Document, Page, ReplacedScans
from archive.models.page import PageKind
from archive.readers import BrokenSource, Source

#: Typeset pages are moved on by as much where scans take their places, until they are set again.
ASIDE = 1_000_000
#: What is kept of a scan that is replaced.
PAGE_COLUMNS = (
    *("identifier", "order", "image", "width", "height", "media_type", "sha256", "fingerprint", "lines", "text_id"),
)


def _nothing() -> None:
    """Nobody waits to hear of progress."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The images of a draft's pages: those that could be made, and why others could not, by file and place."""

    made: Mapping[tuple[str, int], Made] = field(default_factory=dict)
    problems: Mapping[tuple[str, int], str] = field(default_factory=dict)

    @property
    def notice(self) -> str:
        """What an archivist should know; empty where all is well."""
        return " ".join(dict.fromkeys(self.problems.values()))


@dataclass(frozen=True, slots=True)
class Paged:
    """A document that is in, the draft that it came from, and the source of that draft with what lies beside it.

    ``accession_id`` is that of the accession that brings pages to a document which was there before.
    """

    document: Document
    draft: Draft
    source: Source
    prepared: Prepared | None = None
    accession_id: int | None = None


def prepare(draft: Draft, source: Source, *, keep: bool = True, on_progress: Callable[[], None] = _nothing) -> Prepared:
    """Make the images of a draft's pages, those that are not made yet.

    With ``keep`` false everything is made and nothing is kept: the same faults come to light. ``on_progress`` is
    called after each image.

    :raises BrokenSource: no image can be made, and the draft has no text either: there is no document in it.
    """
    wanted: dict[str, list[int]] = {}
    for page in draft.all(drafts.Page):
        wanted.setdefault(page.value.file, []).append(page.value.place)
    made: dict[tuple[str, int], Made] = {}
    problems: dict[tuple[str, int], str] = {}
    for file, places in wanted.items():
        image = image_of(file, source)
        if image is None:
            continue
        try:
            for each in Images(image, keep=keep).of(sorted(set(places))):
                made[file, each.place] = each
                on_progress()
        except ImageUnusable as error:
            problem = told(file, error)
            problems.update({(file, place): problem for place in places if (file, place) not in made})
    prepared = Prepared(made, problems)
    if problems and not made and not draft.all(drafts.TextBody):
        raise BrokenSource(prepared.notice)
    return prepared


def image_of(file: str, source: Source) -> Source | None:
    """The file that a page names: the source itself, or another that came with it."""
    if not file or file == source.name:
        return source if file else None
    way = posixpath.relpath(file, posixpath.dirname(source.name) or ".")
    found = (source.neighbour(name) for name in (way, posixpath.basename(file)))
    # The last part of a path may be that of another file too.
    return next((each for each in found if each is not None and each.name == file), None)


def enter_pages(batch: Sequence[Paged]) -> dict[int, str]:
    """Enter the pages of documents, in the transaction that writes these; what an archivist should know of each.

    A document whose scans are as the draft says stays untouched; so do the scans of one of which no image came
    along. The result is by primary key of the document, and empty where all is well.

    :raises SourceRefused: as ``prepare``, for what is not prepared.
    """
    notices = {}
    held = scans_of(each.document.pk for each in batch)
    for each in batch:
        told = list(_told(each))
        if [fingerprint for _, _, fingerprint in told] == held[each.document.pk]:
            continue
        prepared = each.prepared or prepare(each.draft, each.source)
        pages = list(_pages(each.document, told, prepared))
        if pages and [page.fingerprint for page in pages] != held[each.document.pk]:
            _replace(each.document, pages, accession_id=each.accession_id)
        if prepared.notice:
            notices[each.document.pk] = prepared.notice
    return notices


def scans_of(document_ids: Iterable[int]) -> dict[int, list[str]]:
    """The fingerprints of the scans that documents have, in their order, by primary key."""
    held: dict[int, list[str]] = {pk: [] for pk in document_ids}
    scans = Page.objects.filter(document__in=held, kind=PageKind.SCAN).order_by("document_id", "order")
    for pk, fingerprint in scans.values_list("document_id", "fingerprint"):
        held[pk].append(fingerprint)
    return held


def _told(paged: Paged) -> Iterator[tuple[int, drafts.Page, str]]:
    """The pages of which the image came along, each with its number and the fingerprint of all that it is made from."""
    checksums: dict[str, str] = {}
    for number, page in enumerate((each.value for each in paged.draft.all(drafts.Page)), start=1):
        if page.file not in checksums:
            image = image_of(page.file, paged.source)
            checksums[page.file] = image.sha256 if image else ""
        if checksums[page.file]:
            yield number, page, _fingerprint(page, checksums[page.file])


def _fingerprint(page: drafts.Page, checksum: str) -> str:
    said = [VERSION, checksum, page.place, page.width, page.height, lines_of(page, page.width, page.height)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _pages(document: Document, told: Iterable[tuple[int, drafts.Page, str]], prepared: Prepared) -> Iterator[Page]:
    """The rows of a document's scans; the number of a page stays its own where another cannot be shown."""
    for number, page, fingerprint in told:
        made = prepared.made.get((page.file, page.place))
        if made is None:
            continue
        yield Page(
            identifier=f"{document.identifier}.s{number}",
            document=document,
            order=number,
            kind=PageKind.SCAN,
            image=made.name,
            width=made.width,
            height=made.height,
            media_type=MEDIA_TYPE,
            sha256=made.sha256,
            fingerprint=fingerprint,
            lines=lines_of(page, made.width, made.height),
        )


def lines_of(page: drafts.Page, width: int, height: int) -> list[dict[str, Any]]:
    """The lines and words of a page in the form of archive.models.page.Page, in pixels of an image of that size."""
    across = width / page.width if page.width else 1.0
    down = height / page.height if page.height else 1.0

    def boxed(box: drafts.Box) -> list[int]:
        x, y, wide, high = box
        return [round(x * across), round(y * down), max(1, round(wide * across)), max(1, round(high * down))]

    return [
        {
            "text": line.text,
            "box": boxed(line.box),
            **({"words": [{"text": w.text, "box": boxed(w.box)} for w in line.words]} if line.words else {}),
        }
        for line in page.lines
    ]


@transaction.atomic
def _replace(document: Document, pages: list[Page], *, accession_id: int | None) -> None:
    """Put these scans in the place of those that there are, which an accession keeps to bring them back."""
    scans = document.pages.filter(kind=PageKind.SCAN).order_by("order")
    before = set(scans.values_list("image", flat=True))
    if accession_id is not None:
        _remember(document, scans, pages, accession_id)
        before = {name for name in before if original_of(name)}  # what could not be made again stays
    scans.delete()
    document.pages.filter(kind=PageKind.TYPESET, order__lt=ASIDE).update(order=F("order") + ASIDE)
    Page.objects.bulk_create(pages)
    # Or nobody would know that what is public is old.
    Document.objects.filter(pk=document.pk).update(modified_at=timezone.now())
    remove_unshown(before - {str(page.image.name) for page in pages})


def _remember(document: Document, scans: QuerySet[Page], pages: list[Page], accession_id: int) -> None:
    """Keep what scans a document has, unless the accession keeps earlier ones already."""
    brought = [page.fingerprint for page in pages]
    kept, new = ReplacedScans.objects.get_or_create(
        accession_id=accession_id,
        document=document,
        defaults={"pages": list(scans.values(*PAGE_COLUMNS)), "brought": brought},
    )
    if not new:
        kept.brought = brought
        kept.save(update_fields=["brought"])
