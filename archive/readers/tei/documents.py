"""One document of TEI as a draft: a ``div[@type='document']`` of a volume, or a whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from archive.drafts import (
    Contribution,
    DocumentDate,
    Draft,
    Event,
    Field,
    Identity,
    Notice,
    OriginalLanguage,
    RecordId,
    Statement,
    Subject,
    TextBody,
    Title,
    Value,
)
from archive.readers.tei import dates, header, numbers, people, provenance
from archive.readers.tei.markup import HEAD, ID, TEXT, own, said, tei, words
from archive.readers.tei.texts import texts
from archive.readers.tei.volume import Volume

_EXTENT = "page-count-according-to-citation"
_LANGUAGE_OF_TEXT = "language of the text"
#: No list can show a longer title.
_LONGEST_TITLE = 1000
_OTHER = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Document:
    """A document within its volume. ``name`` is its id there, empty for a whole file."""

    element: etree._Element
    volume: Volume
    name: str = ""
    inferred: str = ""

    @property
    def whole(self) -> bool:
        """Whether the file is this one document."""
        return not self.name

    @property
    def head(self) -> etree._Element | None:
        """The heading of a document of a volume; a whole file has its title in the header."""
        return self.element.find(HEAD)


def draft_of(document: Document, common: tuple[Field[Value], ...]) -> Draft:
    """The draft of a document; ``common`` is what the header says for every document of the volume."""
    written = tuple(texts(document.element, document.volume, whole=document.whole))
    language = written[0].value.language if written else ""
    described = tuple(_described(document)) if document.whole else tuple(_headed(document, language))
    date, doubts = _date(document)
    fields: tuple[Field[Value], ...] = (
        *_record_id(document),
        *described,
        *((date,) if date else ()),
        *_contents(document, described),
        *written,
        *common,
    )
    return Draft(_identity(document), fields, notices=(*doubts, *_lacks(document, fields)))


def common_fields(volume: Volume) -> tuple[Field[Value], ...]:
    """What the header says for every document."""
    return (*header.part_of(volume), *header.editors(volume), *header.rights(volume))


def _identity(document: Document) -> Identity:
    parts = (document.volume.system, document.volume.key, document.name)
    return Identity("record", "/".join(filter(None, parts)))


def _record_id(document: Document) -> Iterator[Field[RecordId]]:
    """The id as it can stand in an address: ``frus1949v07p1-d1``."""
    parts = tuple(filter(None, (document.volume.key, document.name)))
    value = _OTHER.sub("-", "-".join(parts)).strip("-")
    if value:
        verbatim = document.element.get(ID, "") or document.name
        yield said(RecordId(value), document.element, verbatim=verbatim, inferred=document.inferred)


def _headed(document: Document, language: str) -> Iterator[Field[Value]]:
    """What stands over a document of a volume."""
    element, volume, head = document.element, document.volume, document.head
    notes = provenance.source_notes(element)
    title = "" if head is None else _title(words(head), element.get("n", ""))
    kinds = tuple(provenance.kind(element, title=title, notes=notes))
    if head is not None and title:
        yield said(Title(_cut(title), language), head, inferred="cut to fit" if len(title) > _LONGEST_TITLE else "")
    yield from people.headed(head, volume)
    places = tuple(people.written_at(element, volume))
    yield from places
    yield from _sent(document, places)
    yield from numbers.in_edition(element)
    yield from numbers.of_telegram(element, kind=kinds[0].value.label if kinds else "")
    for note in notes:
        yield from provenance.provenance(note)
    if head is not None and not notes:
        yield from provenance.references_in(words(head), head)
    yield from kinds
    yield from provenance.secrecy(element, notes or (() if head is None else (head,)))


def _sent(document: Document, places: tuple[Field[Subject], ...]) -> Iterator[Field[Event]]:
    """The time of day at which it was sent, where the dateline tells one."""
    for element in _dates(document):
        stamp = dates.moment(element, place=places[0].value.label if places else "")
        if stamp is not None:
            yield stamp
        return


def _described(document: Document) -> Iterator[Field[Value]]:
    """What the header of a file says of its one document."""
    element, volume = document.element, document.volume
    titles = tuple(header.title(volume))
    heads = (each for each in element.iter(HEAD) if words(each))
    head = None if titles else next(heads, None)
    yield from titles
    if head is not None:
        yield said(Title(_cut(words(head)), ""), head)
    correspondents = tuple(people.correspondents(volume.header, volume))
    yield from correspondents
    if not any(isinstance(field.value, Contribution) for field in correspondents):
        yield from header.authors(volume)
    if not any(isinstance(field.value, Subject) for field in correspondents):
        yield from people.written_at(element, volume)
    yield from header.identifiers(volume)
    yield from header.summary(volume)
    yield from header.subjects(volume)
    yield from dates.received(volume.header)
    yield from provenance.shelf_marks(volume.header)
    yield from provenance.state_of_manuscript(volume.header)
    yield from provenance.object_types(volume.header)


def _contents(document: Document, described: Iterable[Field[Value]]) -> Iterator[Field[Value]]:
    """What the words of the document say."""
    element, volume = document.element, document.volume
    taken = {_agent(field) for field in described}
    for field in people.signatories(element, volume):
        if _agent(field) not in taken:
            taken.add(_agent(field))
            yield field
    for text in element.iterchildren(TEXT) if document.whole else (element,):
        yield from (field for field in people.mentioned(text, volume) if field.value.uri not in taken)
    for count in element.iterchildren(f"{{*}}{_EXTENT}"):
        yield said(Statement("extent", f"{words(count)} pages", "en"), count)
    if document.whole:
        yield from _original_language(volume)


def _agent(field: Field[Value]) -> str:
    return (field.value.uri or field.value.agent) if isinstance(field.value, Contribution) else ""


def _original_language(volume: Volume) -> Iterator[Field[OriginalLanguage]]:
    element = header.language_of(volume.header)
    if element is not None:
        yield said(OriginalLanguage(element.get("ident", "")), element, verbatim=words(element))


def _date(document: Document) -> tuple[Field[DocumentDate] | None, tuple[Notice, ...]]:
    """By the letter's description, else by its first dateline, else by the attributes that FRUS adds."""
    date, doubts = dates.dates_of(_dates(document))
    if date is None:
        date = dates.span_of(document.element)
    return date, () if date else doubts


def _dates(document: Document) -> Iterator[etree._Element]:
    if document.whole and document.volume.header is not None:
        for action in document.volume.header.iter(tei("correspAction")):
            if action.get("type") == "sent":
                yield from action.iterchildren(dates.DATE)
    for dateline in own(document.element, dates.DATELINE):
        yield from tuple(dateline.iter(dates.DATE)) or (dateline,)


def _title(text: str, number: str) -> str:
    """The heading without the number that the edition repeats before it."""
    return text.removeprefix(f"{number}. ").strip() if number else text


def _cut(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def _lacks(document: Document, fields: tuple[Field[Value], ...]) -> Iterator[Notice]:
    for problem in document.element.iterchildren("{*}problem"):
        yield Notice(f"The edition says of {document.name or 'the file'}: “{words(problem)}”.")
    if not any(isinstance(field.value, Title) for field in fields):
        yield Notice(f"{document.name or 'The file'} gives no heading, so the document has no title.")
    if not any(isinstance(field.value, TextBody) for field in fields):
        yield Notice(f"{document.name or 'The file'} holds no text of the document, only its description.")
