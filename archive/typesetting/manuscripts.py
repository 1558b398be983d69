"""Manuscripts: what is to be set of a document, taken from the database, before any letter is chosen.

A document has one manuscript for each text that it holds, and each becomes a sequence of pages of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from archive.models import Document, DocumentEvent, Text
from archive.models.page import PageKind
from archive.typesetting.wording import Wording


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What one sequence of pages says. ``text_id`` is the text's primary key, None where there is no text."""

    text_id: int | None
    title: str
    date: str
    references: tuple[str, ...]
    #: BCP 47 tag of the body, empty where unknown; it also decides between the shapes that scripts share.
    language: str
    #: What the pages say of themselves, and the same in English, for when no font has the letters of the first.
    wording: Wording
    wording_in_english: Wording
    #: Stamps that the body does not already carry.
    stamps: tuple[str, ...]
    body: str

    def strings(self) -> Iterator[str]:
        """Everything that will be drawn of the document."""
        yield from (self.title, self.date, *self.references, *self.stamps, self.body)


def manuscripts_of(document: Document) -> tuple[Manuscript, ...]:
    """What is to be set of a document: one manuscript for each text, or a single one without text.

    Of a document with scans, the texts that these do not show: a translation always, the others where the scans have
    no lines, so that nobody could find a word on them. Its pages have to be as ``archive.typesetting.pages`` asks for
    them: with ``lined``.
    """
    scans = [page for page in document.pages.all() if page.kind == PageKind.SCAN]
    held = (text for text in document.texts.all() if text.kind != Text.Kind.SUMMARY)
    texts: Sequence[Text | None] = [text for text in held if text.body.strip()]
    if any(getattr(scan, "lined", True) for scan in scans):
        texts = [text for text in texts if text and text.kind == Text.Kind.TRANSLATION]
    if not texts and not scans:
        texts = [None]
    events = list(document.events.all())
    references = tuple(reference.verbatim for reference in document.references.all())
    return tuple(
        Manuscript(
            text_id=text.pk if text else None,
            title=document.title,
            date=document.date_verbatim or document.date,
            references=references,
            language=text.language if text else document.summary_language,
            wording=_wording(text, text.language if text else document.summary_language or document.title_language),
            wording_in_english=_wording(text, "en"),
            stamps=tuple(_stamps(events, text.body if text else "")),
            body=text.body if text else document.summary,
        )
        for text in texts
    )


def _wording(text: Text | None, language: str) -> Wording:
    return Wording.of(language, kind=text.kind if text else "", written_in=text.language if text else "")


def fingerprint_of(manuscripts: Iterable[Manuscript], *made_with: object) -> str:
    """One hash of all manuscripts of a document and of what they are set with.

    Primary keys are left out: a text that was taken in anew with the same words needs no new image.
    """
    said = [{**asdict(manuscript), "text_id": None} for manuscript in manuscripts]
    return hashlib.sha256(json.dumps([said, made_with], ensure_ascii=False).encode()).hexdigest()


def _stamps(events: Iterable[DocumentEvent], body: str) -> Iterator[str]:
    """The stamps that are not in the body already: most transcripts have them where they stood on the paper."""
    known = _squeezed(body)
    for event in events:
        if event.verbatim and _squeezed(event.verbatim) in known:
            continue
        yield event.verbatim or " ".join(
            part for part in (event.get_kind_display().capitalize(), event.date, event.place, event.agent) if part
        )


def _squeezed(text: str) -> str:
    return " ".join(text.split())
