"""Where a document is kept, what it is, and how secret it was: by its source note, its description, its opener."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.drafts import Field, Reference, Statement, Subject, Value
from archive.readers import references
from archive.readers.passages import Passage
from archive.readers.tei.markup import NOTE, locator, own, said, tei, words

_SEG = tei("seg")
_KEPT = ("settlement", "repository")
_STRUCTURED = tei("biblStruct")
_PRINTED = (_STRUCTURED, tei("bibl"))
_MANUSCRIPT = "/".join(map(tei, ("fileDesc", "sourceDesc")))
#: Who keeps what FRUS prints; these names begin no sentence.
_KEEPER = (
    r"Department of (?:State|Defense)|CIA Files|National Defense University|Washington National Records Center|"
    r"National Archives(?: and Records Administration)?|Library of Congress|(?:[A-Z]\w{1,20} ){1,4}Library"
)
#: "Eisenhower Library, Whitman File, NSC Records.": keeper, files, and what of the files, to the end of the sentence.
_PLACE = re.compile(
    rf"(?:^|[.:(] |\()(?P<repository>{_KEEPER}), (?P<files>[A-Z][^,;.]{{1,60}})"
    r"(?:, (?P<file>[^;]{1,150}?))?(?=\.?$|\.\]|[.;] |\)(?!\S))"
)
#: What the columns of a reference hold (ArchivalReference).
_LONGEST_CODE = 50
#: Without the word for a fond no notation of references is worth the look: volumes ask for every document.
_FOND = re.compile(r"\b(?:fond|f\.|фонд|ф\.)", re.IGNORECASE)
#: "851G.00/1–1949: Telegram", "740.00119 Control (Korea)/6–2749": the Department's decimal file, which names no
#: repository.
_DECIMAL = re.compile(
    r"(?P<file>[0-9]{3}[A-Za-z]?(?:\.[\w–-]{1,20}){0,3}(?: [\w([][\w()[\].–-]{0,20}){0,3} ?/[\w.–-]{0,20}\w)"
    r"(?= \[|\.?[:;]|\.?$)"
)
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
    return tuple(each for each in own(document, NOTE, attached=True) if each.get("type") == "source")


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
    kept = _PLACE.search(text)
    decimal = _DECIMAL.match(text)
    if kept:
        yield Field(_reference(kept), kept[0].lstrip(".:( "), None, place)
    elif decimal:
        yield Field(Reference(delo=decimal["file"], understood=False), decimal["file"], None, place)


def _reference(kept: re.Match[str]) -> Reference:
    """The place, without the names that are too long for a code; the verbatim form has them."""
    files, _, lot = kept["files"].partition(": ")
    file = kept["file"] or ""
    if max(len(files), len(lot)) > _LONGEST_CODE:
        return Reference(kept["repository"], understood=False)
    return Reference(kept["repository"], files, lot, file if len(file) <= _LONGEST_CODE else "")


def shelf_marks(header: etree._Element | None) -> Iterator[Field[Reference]]:
    """Where the manuscript of a letter is kept (``msIdentifier``)."""
    description = None if header is None else header.find(_MANUSCRIPT)
    for element in () if description is None else description.iter(tei("msIdentifier")):
        verbatim = ", ".join(filter(None, map(words, element)))
        if verbatim:
            yield said(Reference(_repository(element), understood=False), element, verbatim=verbatim)


def _repository(identifier: etree._Element) -> str:
    """Who keeps it, with the town where the name does not tell it: many a town has a University Library."""
    town, name = (words(each) if (each := identifier.find(tei(tag))) is not None else "" for tag in _KEPT)
    return (name if not town or not name or town in name else f"{town}, {name}")[:200]


def state_of_manuscript(header: etree._Element | None) -> Iterator[Field[Statement]]:
    """What others wrote on the manuscript and did to it (``additions``), and where it was printed (``listBibl``)."""
    description = None if header is None else header.find(_MANUSCRIPT)
    if description is None:
        return
    for addition in description.iter(tei("additions")):
        for element in tuple(addition.iter(tei("desc"))) or (addition,):
            if words(element):
                yield said(Statement("description", words(element)), element)
    for printed in description.iter(*_PRINTED):
        yield from _printed(printed)


def _printed(element: etree._Element) -> Iterator[Field[Statement]]:
    """An edition in print; the parts of a structured one are parted by commas, as in a list of works."""
    text = ", ".join(_parts(element)) if element.tag == _STRUCTURED else words(element)
    if text:
        yield said(Statement("isReferencedBy", text), element)


def _parts(element: etree._Element) -> Iterator[str]:
    """The words of the outermost elements that have words of their own."""
    for each in element.iterchildren("*"):
        if (each.text or "").strip() or any((child.tail or "").strip() for child in each):
            yield words(each)
        else:
            yield from _parts(each)


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
    for seg in own(document, _SEG):
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
