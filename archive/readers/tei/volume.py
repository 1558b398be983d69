"""What is said once for all documents of a file: its header, and its lists of persons, places, offices and terms.

A volume gives its lists before the documents, or after them (``back``, ``standOff``). They are collected in a first
pass over the file, which keeps nothing else and costs a fraction of the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from archive.readers.refused import BrokenSource
from archive.readers.source import Source
from archive.readers.tei.markup import BASE, DIV, ID, attributes, is_document, local, squeezed, tei, words
from archive.readers.tei.systems import key_of, system_of
from archive.readers.xml_safety import iterparse

HEADER, CORPUS, ROOT = tei("teiHeader"), tei("teiCorpus"), tei("TEI")
#: Entries of lists, and names that are entries by their xml:id (the persons of FRUS).
_ENTRIES = tuple(map(tei, ("person", "org", "place", "persName", "orgName", "placeName", "term")))
_ITEM, _TERM = tei("item"), tei("term")
_KINDS = {
    **dict.fromkeys(("person", "persName"), "person"),
    **dict.fromkeys(("org", "orgName"), "corporate_body"),
    **dict.fromkeys(("place", "placeName"), "place"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: the full name, what kind of thing has it, and its address outside of the file."""

    label: str
    kind: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Volume:
    """A file, or one text of a corpus: what holds for each of its documents.

    ``key`` is its id, ``system`` where that id means something. ``holds_documents`` says that it is a volume of
    ``div[@type='document']``; else it is one document itself.
    """

    key: str
    system: str
    base: str = ""
    header: etree._Element | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)
    holds_documents: bool = False

    def uri(self, pointer: str) -> str:
        """The address or key behind ``@ref``, ``@corresp`` or ``@key``, the same in every file that means the same.

        An address in the list's entry (an authority file) wins; ``#id`` is resolved against ``xml:base`` if the file
        has one, else against the volume's id.
        """
        first = next(iter(pointer.split()), "")
        name = first.removeprefix("#")
        entry = self.entries.get(name)
        if entry is not None and entry.uri:
            return entry.uri
        if not name or (":" in first and not first.startswith("#")):
            return first
        return f"{self.base or self.key}#{name}"

    def entry(self, pointer: str) -> Entry | None:
        """The entry of the lists that a pointer means."""
        return self.entries.get(next(iter(pointer.split()), "").removeprefix("#"))


def survey(source: Source) -> Volume:
    """The volume that a file is, by a first pass over it.

    A file that breaks is surveyed up to there: the second pass, which reads the documents, tells of it.

    :raises HostileSource: before any document has come in.
    """
    seen = _Survey()
    with suppress(BrokenSource):
        seen.go_through(source)
    return _volume(seen.root, seen.header, seen.entries, PurePosixPath(source.name).stem, seen.holds_documents)


def volume_of(root: etree._Element, *, within: Volume, name: str) -> Volume:
    """The volume that one TEI of a corpus is; what it does not say itself, the corpus says."""
    header = root.find(HEADER)
    entries = {**within.entries, **dict[str, Entry](_entries(root.iter(*_ENTRIES)))}
    own = {BASE: within.base, **attributes(root)}
    holds = any(map(is_document, root.iter(DIV)))
    return _volume(own, within.header if header is None else header, entries, f"{within.key}-{name}", holds)


def _volume(
    root: Mapping[str, str], header: etree._Element | None, entries: Mapping[str, Entry], name: str, holds: bool
) -> Volume:
    base = root.get(BASE, "")
    key = key_of(header) or root.get(ID, "") or name
    return Volume(key, system_of(header, base=base), base, header, entries, holds)


class _Survey:
    """The first pass: what it has found so far."""

    def __init__(self) -> None:
        self.root: Mapping[str, str] = {}
        self.header: etree._Element | None = None
        self.entries: dict[str, Entry] = {}
        self.holds_documents = False

    def go_through(self, source: Source) -> None:
        parts = iterparse(source, HEADER, ROOT, DIV, *_ENTRIES)
        for _, element in parts:
            if not self.root:
                self.root = attributes(element.getroottree().getroot())
            if element.tag == DIV:
                self.holds_documents = self.holds_documents or is_document(element)
                if next(element.iterancestors(HEADER), None) is None:
                    parts.release(element)
            elif element.tag == HEADER:
                self.header = element if self.header is None else self.header
            elif element.get(ID):
                self.entries.update(_entries((element,)))


def _entries(elements: Iterable[etree._Element]) -> Iterator[tuple[str, Entry]]:
    for element in elements:
        key = element.get(ID)
        if key:
            name = _expansion(element) if element.tag == _TERM else _label(element)
            yield key, Entry(name, _KINDS.get(local(element), ""), _authority(element))


def _expansion(term: etree._Element) -> str:
    """What a list of abbreviations says of a term that it stands for: ``AEC, Atomic Energy Commission``."""
    item = next(term.iterancestors(_ITEM), None)
    told = "" if item is None else words(item).removeprefix(words(term)).strip(" ,;:–—.")
    return told or words(term)


def _label(element: etree._Element) -> str:
    """The name, the surname first where the parts are told."""
    names = (element, *element.iter(*map(tei, ("persName", "orgName", "placeName"))))
    name = names[1] if len(names) > 1 and local(element) in ("person", "org", "place") else element
    surname, forename = name.find(tei("surname")), name.find(tei("forename"))
    if surname is not None and forename is not None:
        return squeezed(f"{words(surname)}, {words(forename)}")
    return words(name).rstrip(",;")


def _authority(element: etree._Element) -> str:
    addresses = (words(each) for each in element.iter(tei("idno")))
    return next((each for each in addresses if each.startswith(("http://", "https://"))), "")
