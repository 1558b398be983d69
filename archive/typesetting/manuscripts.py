"""Manuscripts: what is to be set of a document, taken from the database, before any letter is chosen.

A document has one manuscript for each text that it holds, and each becomes a sequence of pages of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import get_language_info

from archive.models import Document, DocumentEvent, Text
from archive.models.page import PageKind

#: Stands on the first page of every text, and in the running head of every other page.
NOTE = "Typeset from the transcript; not a scan"
#: The same, where nobody has transcribed the document yet.
NOTE_WITHOUT_TEXT = "Typeset from the description; no transcript is held"


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What one sequence of pages says. ``text_id`` is the text's primary key, None where there is no text."""

    text_id: int | None
    title: str
    date: str
    references: tuple[str, ...]
    #: Which of the texts this is: "translation, English".
    kind: str
    note: str
    #: Stamps that the body does not already carry.
    stamps: tuple[str, ...]
    body: str

    def strings(self) -> Iterator[str]:
        """Everything that will be drawn."""
        yield from (self.title, self.date, *self.references, self.kind, self.note, *self.stamps, self.body)


def manuscripts_of(document: Document) -> tuple[Manuscript, ...]:
    """What is to be set of a document: one manuscript for each text, or a single one without text.

    Of a document with scans, the texts that these do not show: a translation always, the others where the scans have
    no lines, so that nobody could find a word on them. Its pages have to be as ``archive.typesetting.pages`` asks for
    them: with ``lined``.
    """
    scans = [page for page in document.pages.all() if page.kind == PageKind.SCAN]
    texts: Sequence[Text | None] = [text for text in document.texts.all() if text.body.strip()]
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
            kind=_kind(text) if text else "",
            note=NOTE if text else NOTE_WITHOUT_TEXT,
            stamps=tuple(_stamps(events, text.body if text else "")),
            body=text.body if text else document.summary,
        )
        for text in texts
    )


def fingerprint_of(manuscripts: Iterable[Manuscript], *made_with: object) -> str:
    """One hash of all manuscripts of a document and of what they are set with.

    Primary keys are left out: a text that was taken in anew with the same words needs no new image.
    """
    said = [{**asdict(manuscript), "text_id": None} for manuscript in manuscripts]
    return hashlib.sha256(json.dumps([said, made_with], ensure_ascii=False).encode()).hexdigest()


def _kind(text: Text) -> str:
    return ", ".join(part for part in (text.get_kind_display(), _language_name(text.language)) if part)


def _language_name(tag: str) -> str:
    """The English name of a language, or its tag where Django knows no name."""
    try:
        return str(get_language_info(tag.lower())["name"]) if tag else ""
    except KeyError:
        return tag


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
