"""Where a document is kept, what it is, and how secret it was: by its source note, its description, its opener."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.drafts import Field, Reference, Statement, Subject, Value
from archive.readers import references
from archive.readers.passages import Passage
from archive.readers.tei.markup import NOTE, locator, said, tei, words

_SEG = tei("seg")
_MANUSCRIPT = "/".join(map(tei, ("fileDesc", "sourceDesc")))
#: "Department of State, Central Files, 840.00/1–2458": repository, files, number of the file.
_FILES = re.compile(
    r"(?P<repository>Department of State), (?P<files>Central Files), (?P<file>[\w./–-]{1,40}\w(?: [\w–-]{1,20}){0,3}?)"
    r"(?=[.;,)]|$)"
)
#: Without the word for a fond no notation of references is worth the look: volumes ask for every document.
_FOND = re.compile(r"\b(?:fond|f\.|фонд|ф\.)", re.IGNORECASE)
#: "851G.00/1–1949: Telegram": the Department's decimal file, which names no repository.
_DECIMAL = re.compile(r"(?P<file>[0-9]{3}[A-Z]?(?:\.[\w–-]+)*/[\w–-]+)(?=:|$)")
_KINDS = (
    r"(?:(?:Circular|Joint) )?(?:Telegram|Airgram|Despatch|Letter|Memorandum of Conversation|Memorandum|Message|"
    r"Editorial Note|Minutes|Record of Actions|Instruction|Draft|Paper|Report|Note)"
)
_IN_NOTE = re.compile(rf"[^:]{{1,200}}: (?P<kind>{_KINDS})\b")
_IN_TITLE = re.compile(rf"(?P<kind>{_KINDS})\b(?! Prepared)", re.IGNORECASE)
_SECRECY = (
    r"top secret|secret|confidential|restricted|unclassified|limited official use|for official use only|"
    r"official use only|no classification marking"
)
_IN_OPENER = re.compile(rf"[\[(]?(?P<secrecy>{_SECRECY})\b", re.IGNORECASE)
_AS_SENTENCE = re.compile(rf"(?:\. |: ){{1}}(?P<secrecy>{_SECRECY})(?=[;.])", re.IGNORECASE)


def source_notes(document: etree._Element) -> tuple[etree._Element, ...]:
    """The notes that say where the document was taken from."""
    return tuple(each for each in document.iter(NOTE) if each.get("type") == "source")


def provenance(note: etree._Element) -> Iterator[Field[Value]]:
    """What a source note says, as a statement, and the places in archives that it names."""
    text = words(note, notes=True)
    if text:
        yield said(Statement("provenance", text), note, verbatim=text)
        yield from references_in(text, note)


def references_in(text: str, element: etree._Element) -> Iterator[Field[Reference]]:
    """The places in archives that the words of an element name."""
    place = locator(element)
    for found in references.references(Passage.whole(text)) if _FOND.search(text) else ():
        yield Field(found.value, found.verbatim, None, place, found.inferred)
    files = _FILES.search(text)
    decimal = _DECIMAL.match(text)
    if files:
        value = Reference(files["repository"], files["files"], delo=files["file"])
        yield Field(value, files[0], None, place)
    elif decimal:
        yield Field(Reference(delo=decimal["file"], understood=False), decimal["file"], None, place)


def shelf_marks(header: etree._Element | None) -> Iterator[Field[Reference]]:
    """Where the manuscript of a letter is kept (``msIdentifier``)."""
    description = None if header is None else header.find(_MANUSCRIPT)
    for element in () if description is None else description.iter(tei("msIdentifier")):
        repository = element.find(tei("repository"))
        verbatim = ", ".join(filter(None, map(words, element)))
        if verbatim:
            name = "" if repository is None else words(repository)[:200]
            yield said(Reference(name, understood=False), element, verbatim=verbatim)


def object_types(header: etree._Element | None) -> Iterator[Field[Subject]]:
    """What the manuscript is: a letter, a card, a telegram."""
    description = None if header is None else header.find(_MANUSCRIPT)
    for element in () if description is None else description.iter(tei("objectType")):
        label = words(element) or element.get("corresp", "").removeprefix("#")
        if label:
            yield said(Subject("concept", label, "type"), element, verbatim=label)


def kind(document: etree._Element, *, title: str, notes: tuple[etree._Element, ...]) -> Iterator[Field[Subject]]:
    """What kind of document it is: by its markup, its source note or its heading."""
    found = (_IN_NOTE.match(words(note, notes=True)) for note in notes)
    named = next((each for each in (*found, _IN_TITLE.match(title)) if each), None)
    if document.get("subtype") == "editorial-note":
        yield said(Subject("concept", "Editorial note", "type"), document, verbatim="editorial-note")
    elif named:
        label = named["kind"].capitalize()
        yield said(Subject("concept", label, "type"), document, verbatim=named["kind"])


def secrecy(document: etree._Element, notes: tuple[etree._Element, ...]) -> Iterator[Field[Statement]]:
    """The classification that the document bore: by its opener, else by its source note."""
    for seg in document.iter(_SEG):
        found = _IN_OPENER.match(words(seg))
        if found:
            yield _classified(found, seg)
            return
    for note in notes:
        in_note = _AS_SENTENCE.search(words(note, notes=True))
        if in_note:
            yield _classified(in_note, note)
            return


def _classified(found: re.Match[str], element: etree._Element) -> Field[Statement]:
    label = found["secrecy"].capitalize()
    return said(Statement("description", f"Classification: {label}", "en"), element, verbatim=found["secrecy"])
