"""Pages: the verb that sets a document, and how its page images are stored and replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Max, Prefetch, Q, QuerySet

from archive.models import Document, Page
from archive.models.page import PageKind, private_storage
from archive.typesetting.manuscripts import Manuscript, fingerprint_of, manuscripts_of

if TYPE_CHECKING:
    from archive.typesetting.drawing import Drawn


def outdated(document_ids: Iterable[int]) -> list[Document]:
    """The documents whose typeset pages are not what they should be.

    Takes the same number of queries for one document as for a thousand.
    """
    documents = _with_parts().filter(pk__in=list(document_ids))
    return [document for document in documents if not _right(document)]


def _with_parts() -> QuerySet[Document]:
    """Documents with what is to be set of them; of their pages it is known whether they have lines, not which."""
    lined = ExpressionWrapper(~Q(lines=[]), output_field=BooleanField())
    pages = Page.objects.defer("lines").annotate(lined=lined)
    return Document.objects.prefetch_related("texts", "references", "events", Prefetch("pages", pages))


def typeset(document: Document) -> None:
    """Make the pages of a document from its texts, after its scans; pages that are right stay as they are.

    Drawing takes a tenth of a second a page and happens outside any transaction. If the document changes
    meanwhile, what was drawn is dropped, and the new state is drawn.

    :raises TypesettingError: where no font has the characters of a text.
    """
    while not _typeset(document.pk):
        pass


def remove_typeset(document: Document) -> None:
    """Take the typeset pages of a document away: they show what it no longer says, and it cannot be set anew."""
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document.pk)
        document.pages.filter(kind=PageKind.TYPESET).delete()
        transaction.on_commit(partial(_remove, _files(document)))


def _typeset(document_id: int) -> bool:
    """Set the document as it stands now; False where it changed on the way."""
    document = next(iter(outdated([document_id])), None)
    if document is None:
        return True
    manuscripts = manuscripts_of(document)
    fingerprint = _fingerprint(manuscripts)
    return _replace(document, fingerprint, _stored(document, fingerprint, manuscripts))


def _fingerprint(manuscripts: tuple[Manuscript, ...]) -> str:
    """What the pages are made from; empty where none are to be made."""
    if not manuscripts:
        return ""
    from archive.typesetting import fonts, layout

    return fingerprint_of(manuscripts, layout.VERSION, fonts.font_files())


def _right(document: Document) -> bool:
    """Whether the typeset pages are those of the document as it stands. They are stored together or not at all."""
    fingerprint = _fingerprint(manuscripts_of(document))
    typeset = [page for page in document.pages.all() if page.kind == PageKind.TYPESET]
    scans = [page.order for page in document.pages.all() if page.kind == PageKind.SCAN]
    behind = all(page.order > max(scans, default=-1) for page in typeset)
    return behind and {page.fingerprint for page in typeset} == ({fingerprint} if fingerprint else set())


def _stored(document: Document, fingerprint: str, manuscripts: tuple[Manuscript, ...]) -> list[Page]:
    """The pages of manuscripts as rows that are not yet written, their images and the PDF of them in the storage."""
    if not manuscripts:
        return []
    from archive.typesetting.drawing import draw  # HarfBuzz, pdfium and libvips: only where something is drawn

    volume = draw(manuscripts)
    pages = [_page(document, fingerprint, number, drawn) for number, drawn in enumerate(volume.pages(), start=1)]
    _keep(pdf_name(document.identifier, fingerprint), volume.pdf)
    return pages


@transaction.atomic
def _replace(document: Document, fingerprint: str, pages: list[Page]) -> bool:
    """Put these pages in the place of the typeset pages that there are; False where the document has changed."""
    document = _with_parts().select_for_update().get(pk=document.pk)
    if _fingerprint(manuscripts_of(document)) != fingerprint:
        return False
    after = document.pages.filter(kind=PageKind.SCAN).aggregate(last=Max("order"))["last"] or 0
    before = _files(document)
    document.pages.filter(kind=PageKind.TYPESET).delete()
    for number, page in enumerate(pages, start=1):
        page.order = after + number
    Page.objects.bulk_create(pages)
    kept = {page.image.name for page in pages} | {pdf_name(document.identifier, fingerprint)}
    transaction.on_commit(partial(_remove, before - kept))
    return True


def _page(document: Document, fingerprint: str, number: int, drawn: Drawn) -> Page:
    sha256 = hashlib.sha256(drawn.content).hexdigest()
    return Page(
        identifier=f"{document.identifier}.{number}",
        document=document,
        text_id=drawn.text_id,
        kind=PageKind.TYPESET,
        image=_keep(f"{_folder(document.identifier)}/{sha256}.tif", drawn.content),
        width=drawn.width,
        height=drawn.height,
        media_type="image/tiff",
        sha256=sha256,
        fingerprint=fingerprint,
        lines=drawn.lines,
    )


def _keep(name: str, content: bytes) -> str:
    """Store a file under a name that tells its content, unless it is there; return its name in the storage."""
    storage = private_storage()
    return name if storage.exists(name) else storage.save(name, ContentFile(content))


def pdf_name(identifier: str, fingerprint: str) -> str:
    """Where the storage has the PDF of a document's typeset pages; all of these tell the same ``fingerprint``."""
    return f"{_folder(identifier)}/{fingerprint}.pdf"


def _folder(identifier: str) -> str:
    return f"pages/{identifier}"


def _files(document: Document) -> set[str]:
    """The page images and PDFs that are in the storage, those included whose rows went with the text they showed.

    Asked under the lock of the document, under which all of them are written down.
    """
    folder = _folder(document.identifier)
    try:
        _, names = private_storage().listdir(folder)
    except FileNotFoundError:
        return set()
    return {f"{folder}/{name}" for name in names if name.endswith((".tif", ".pdf"))}


def _remove(names: set[str]) -> None:
    """Remove files that no page shows; one may have come back since, when a change was taken back."""
    shown = set(Page.objects.filter(image__in=names).values_list("image", flat=True))
    fingerprints = {name.rpartition("/")[2].removesuffix(".pdf") for name in names if name.endswith(".pdf")}
    typeset = Page.objects.filter(fingerprint__in=fingerprints, kind=PageKind.TYPESET)
    shown.update(pdf_name(*each) for each in typeset.values_list("document__identifier", "fingerprint"))
    for name in sorted(names - shown):
        private_storage().delete(name)
