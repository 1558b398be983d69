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
    from archive.typesetting.drawing import draw  # Pillow, libvips and fontTools: only where something is drawn

    return _replace(document, fingerprint, [(each.text_id, page) for each in manuscripts for page in draw(each)])


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


@transaction.atomic
def _replace(document: Document, fingerprint: str, drawn: list[tuple[int | None, Drawn]]) -> bool:
    """Put these pages in the place of the typeset pages that there are; False where the document has changed."""
    document = _with_parts().select_for_update().get(pk=document.pk)
    if _fingerprint(manuscripts_of(document)) != fingerprint:
        return False
    after = document.pages.filter(kind=PageKind.SCAN).aggregate(last=Max("order"))["last"] or 0
    before = _files(document)
    document.pages.filter(kind=PageKind.TYPESET).delete()
    pages = [
        _page(document, fingerprint, number, text_id, page, after=after)
        for number, (text_id, page) in enumerate(drawn, start=1)
    ]
    Page.objects.bulk_create(pages)
    transaction.on_commit(partial(_remove, before - {page.image.name for page in pages}))
    return True


def _page(document: Document, fingerprint: str, number: int, text_id: int | None, drawn: Drawn, *, after: int) -> Page:
    sha256 = hashlib.sha256(drawn.content).hexdigest()
    name = f"{_folder(document)}/{sha256}.tif"
    storage = private_storage()
    if not storage.exists(name):
        name = storage.save(name, ContentFile(drawn.content))
    return Page(
        identifier=f"{document.identifier}.{number}",
        document=document,
        text_id=text_id,
        order=after + number,
        kind=PageKind.TYPESET,
        image=name,
        width=drawn.width,
        height=drawn.height,
        media_type="image/tiff",
        sha256=sha256,
        fingerprint=fingerprint,
        lines=drawn.lines,
    )


def _folder(document: Document) -> str:
    return f"pages/{document.identifier}"


def _files(document: Document) -> set[str]:
    """The page images that are in the storage, those included whose rows went with the text they showed.

    Asked under the lock of the document, under which all of them are written.
    """
    try:
        _, names = private_storage().listdir(_folder(document))
    except FileNotFoundError:
        return set()
    return {f"{_folder(document)}/{name}" for name in names if name.endswith(".tif")}


def _remove(names: set[str]) -> None:
    """Remove files that no page shows; one may have come back since, when a change was taken back."""
    shown = set(Page.objects.filter(image__in=names).values_list("image", flat=True))
    for name in sorted(names - shown):
        private_storage().delete(name)
