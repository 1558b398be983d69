"""What a record says, one function for each field of a document.

Where two columns hold what a document has only one of, the first that is filled in wins, and the other is kept as a
further statement with a notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from archive import drafts
from archive.drafts import Field, Notice, Value
from archive.readers.names import contribution
from archive.readers.passages import Passage
from archive.readers.references import references as references_in
from archive.readers.refused import SourceRefused
from archive.readers.source import Source
from archive.readers.tables.cells import ROW_LIMIT
from archive.readers.tables.headings import TAG
from archive.readers.tables.records import Cell, Found, Record
from archive.readers.text_language import language_of
from archive.vocab import dates
from archive.vocab.languages import name_of, tag_of

_NUMBERS = {
    "number": "telegram", "incoming_number": "incoming", "ark": "ark", "doi": "doi", "handle": "handle",
    "legacy_id": "legacy",
}  # fmt: skip
_ROLES = {
    each: each.replace("_", " ")
    for each in (
        *("sender", "addressee", "intermediary", "copy_recipient", "author", "signatory", "translator"),
        *("transcriber", "editor", "mentioned"),
    )
}
_SUBJECTS = {
    "subject": ("concept", "about"), "person": ("agent", "about"), "place": ("place", "about"),
    "type": ("concept", "type"), "written_at": ("place", "written at"), "received_at": ("place", "received at"),
}  # fmt: skip
_CODES = ("fond", "opis", "delo", "papka", "listy")
_TEXTS = ("original", "transcript", "translation")


def record_id(record: Record) -> Found:
    """The id of the document in the system that the table is from.

    :raises RowRefused: where two columns give different ones.
    """
    first, *others = record.whole("record_id") or (None,)
    if first is None:
        return
    for other in others:
        if other.words != first.words:
            raise other.refused(f"“{other.words}” is another record id than “{first.words}”. Keep one of them.")
    yield first.says(drafts.RecordId(first.words))


def source_url(record: Record) -> Found:
    """The address of the page that the record is from."""
    for order, cell in enumerate(record.whole("source_url")):
        words, uri = cell.addressed
        if uri and not words and not order:
            yield cell.says(drafts.SourceUrl(uri))
            continue
        if not uri:
            yield cell.doubted(f"“{_short(cell)}” is no web address; it is kept as a statement about the source.")
        yield cell.says(drafts.Statement("source", cell.words, uri=uri))


def title(record: Record) -> Found:
    """The title, and further ones as alternatives."""
    cells = record.whole("title")
    for order, cell in enumerate(cells):
        if not order:
            yield cell.says(drafts.Title(cell.words, cell.language))
        elif cell.words != cells[0].words:
            yield cell.says(drafts.Statement("alternative", cell.words, cell.language))
    if not cells:
        yield Notice("The row gives no title.")


def date(record: Record) -> Found:
    """The date of the document.

    :raises RowRefused: where the words name a day that there is not.
    """
    given = False
    for cell in record.whole("date"):
        edtf, inferred = _edtf(cell)
        if edtf and not given:
            given = True
            yield cell.says(drafts.DocumentDate(edtf), inferred=inferred)
            continue
        yield cell.says(drafts.Statement("date", cell.words))
        doubt = "the date of another column stands" if given else "we cannot read it as a date"
        yield cell.doubted(f"“{_short(cell)}” is kept as a statement, for {doubt}.")


def _edtf(cell: Cell) -> tuple[str, str]:
    """The date in EDTF and what of it is inferred; empty where the words are of no form that we know."""
    reading = dates.read(cell.words) or dates.read(cell.words.partition("T")[0])
    if reading and reading.edtf:
        without = "the time of day is left out" if "T" in cell.words and not dates.read(cell.words) else ""
        return reading.edtf, "; ".join(filter(None, (reading.inferred, without)))
    if reading:
        raise cell.refused(f"{reading.doubt}. Write the date as in 1950-07-13 or 13 July 1950.")
    try:
        dates.bounds(cell.words)
    except ValueError:
        return "", ""
    return cell.words, ""


def numbers(record: Record) -> Found:
    """Numbers that the document carries, and identifiers that it was given since."""
    for cell in record.values(*_NUMBERS):
        yield cell.says(drafts.Number(cell.words, _NUMBERS[cell.column.field]))


def contributions(record: Record) -> Found:
    """Who had a part in the document; the person meant may follow in brackets, and an address after that."""
    for cell in record.values(*_ROLES):
        words, uri = cell.addressed
        part = contribution(words or uri, _ROLES[cell.column.field])
        yield cell.says(drafts.Contribution(part.role, part.as_written, part.agent, uri=uri))


def subjects(record: Record) -> Found:
    """What the document has to do with."""
    for cell in record.values(*_SUBJECTS):
        words, uri = cell.addressed
        kind, relation = _SUBJECTS[cell.column.field]
        yield cell.says(drafts.Subject(kind, words or uri, relation, uri))


def events(record: Record) -> Found:
    """When it was sent and received."""
    for cell in record.whole("sent", "received"):
        reading = dates.read_moment(cell.words.replace("T", " "))
        yield cell.says(drafts.Event(cell.column.field, reading.edtf if reading else "", note=cell.words))
        if reading is None or reading.doubt:
            doubt = reading.doubt if reading else f"“{_short(cell)}” is no date that we can read"
            yield cell.doubted(f"{doubt}; its words are kept.")


def summary(record: Record) -> Found:
    """The summary, and further ones as statements."""
    for order, cell in enumerate(record.whole("summary")):
        if not order:
            yield cell.says(drafts.Summary(cell.words, cell.language))
        else:
            yield cell.says(drafts.Statement("abstract", cell.words, cell.language))


def languages(record: Record) -> Found:
    """The languages of the original."""
    for cell in record.values("language"):
        tag = tag_of(cell.words) or (cell.words if TAG.fullmatch(cell.words) else None)
        yield cell.says(drafts.OriginalLanguage(tag or "und"))
        if tag is None:
            yield cell.doubted(f"“{_short(cell)}” is no language we know. Write en, ru, zh-Hans or the like.")


def texts(record: Record) -> Found:
    """The texts of the document, from cells or from files that came along.

    :raises RowRefused: where a file is missing or is no text.
    """
    for cell in record.whole(*_TEXTS):
        yield _text(record, cell, cell.words)
    for cell in record.values(*(f"{each}_file" for each in _TEXTS)):
        yield _text(record, cell, _text_of(record, cell))


def _text(record: Record, cell: Cell, words: str) -> Field[Value]:
    kind = cell.column.field.removesuffix("_file")
    language, inferred = cell.column.language, ""
    if not language and kind == "original":
        language = next((tag_of(each.words) or "" for each in record.values("language")), "")
        inferred = "language from that of the original" if language else ""
    if not language:
        language = language_of(words)
        inferred = (
            f"language told by a detector from the words of the text: {name_of(language) or language}"
            if language
            else ""
        )
    return Field(drafts.TextBody(words, kind, language), words, locator=cell.locator, inferred=inferred)


def _text_of(record: Record, cell: Cell) -> str:
    file = _neighbour(record, cell)
    if file is None:
        raise cell.refused(f"the file {_short(cell)} did not come along. Hand it in together with the table.")
    if file.size > ROW_LIMIT * 4:
        raise cell.refused(f"the file {_short(cell)} has {file.size:,} bytes, more than any text.")
    try:
        words = file.text.removeprefix("\ufeff")
    except SourceRefused as refusal:
        raise cell.refused(str(refusal)) from refusal
    if not words.strip():
        raise cell.refused(f"the file {_short(cell)} is empty.")
    return words


def pages(record: Record) -> Found:
    """The images of the pages."""
    for cell in record.values("file"):
        file = _neighbour(record, cell)
        yield cell.says(drafts.Page(file.name if file else "", label="" if file else cell.words))
        if file is None:
            yield cell.doubted(f"the image {_short(cell)} did not come along; the page stays without it.")


def _neighbour(record: Record, cell: Cell) -> Source | None:
    return record.source.neighbour(cell.words.replace("\\", "/"))


def references(record: Record) -> Found:
    """Where the document is kept: in words, or with a column for each level."""
    for cell in record.whole("reference"):
        found = tuple(references_in(Passage.whole(cell.words)))
        for each in found:
            yield Field(each.value, each.verbatim, locator=cell.locator)
        if not found:
            yield cell.says(drafts.Reference(understood=False))
    cells = record.whole("repository", *_CODES)
    if cells:
        yield _by_level(cells)


def _by_level(cells: tuple[Cell, ...]) -> Field[Value]:
    levels: dict[str, Any] = {}
    for cell in cells:
        before = levels.get(cell.column.field)
        levels[cell.column.field] = f"{before}, {cell.words}" if before else cell.words
    repository = levels.pop("repository", "")
    codes = [f"{level} {levels[level]}" for level in _CODES if level in levels]
    verbatim = ", ".join(([repository] if repository else []) + codes)
    return Field(drafts.Reference(repository, **levels), verbatim, locator="; ".join(cell.locator for cell in cells))


def citation(record: Record) -> Found:
    """How the document asks to be cited, and further ways as statements."""
    for order, cell in enumerate(record.whole("citation")):
        yield cell.says(drafts.Statement("bibliographicCitation", cell.words) if order else drafts.Citation(cell.words))


def rights(record: Record) -> Found:
    """The rights statement, its address and the holder of the rights, together."""
    holder = next((cell.words for cell in record.whole("rights_holder")), "")
    cells, addresses = record.whole("rights"), record.whole("rights_uri")
    for cell in cells or addresses:
        words, uri = cell.addressed
        address = addresses[0].addressed[1] if cells and addresses and not uri else uri
        yield cell.says(drafts.Rights(words, address, holder))
        holder = ""
    if holder:
        cell = record.whole("rights_holder")[0]
        yield cell.says(drafts.Rights("", holder=holder))
    for cell in addresses:
        if not cell.addressed[1]:
            yield cell.doubted(f"“{_short(cell)}” is no web address; it is kept as words.")
            if cells:
                yield cell.says(drafts.Rights(cell.words))


def statements(record: Record) -> Found:
    """Properties of Dublin Core that are no field of a document, and notes."""
    others = sorted({cell.column.field for cell in record.cells if cell.column.field.startswith("dcterms:")})
    for cell in record.values(*others):
        words, uri = cell.addressed
        term = cell.column.field.removeprefix("dcterms:")
        yield cell.says(drafts.Statement(term, words or uri, cell.language if words else "", uri))
    for cell in record.whole("note"):
        yield cell.says(drafts.Statement("description", cell.words, cell.language))


def unknown(record: Record) -> Iterator[Notice]:
    """What stands in columns that mean nothing here: told, kept in the file, and not published."""
    for cell in record.whole(""):
        named = "a column without heading" if not cell.column.heading else "a column that means nothing here"
        yield cell.doubted(f"“{_short(cell)}” stands in {named}. The file keeps it; a mapping can give it a field.")


def _short(cell: Cell) -> str:
    return cell.words if len(cell.words) <= 80 else f"{cell.words[:80]}…"


#: In the order in which a draft tells them.
ALL: tuple[Callable[[Record], Found], ...] = (
    record_id, source_url, title, date, numbers, contributions, events, summary, languages, texts, pages, references,
    subjects, citation, rights, statements, unknown,
)  # fmt: skip
