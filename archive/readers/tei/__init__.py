"""Reads TEI P5: a volume of hundreds of documents, a corpus of letters, or a single one.

The documents of a volume are its ``div[@type='document']``, as *Foreign Relations of the United States* has them; a
file without any is one document. The file is gone through twice: once for its header and its lists of names, once for
the documents, each of which is let go when its draft is made.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.drafts import Draft
from archive.readers.refused import BrokenSource
from archive.readers.source import Source
from archive.readers.tei.documents import Document, common_fields, draft_of
from archive.readers.tei.markup import DIV, ID, NAMESPACE, is_document
from archive.readers.tei.volume import CORPUS, ROOT, Volume, survey, volume_of
from archive.readers.xml_safety import check_prolog, iterparse, root_of

#: Roots of TEI P4 and before, which had no namespace.
_OLD = frozenset({"TEI.2", "TEI", "teiCorpus.2", "teiCorpus"})


class TeiReader:
    """TEI P5; see the module."""

    name = "tei"
    version = "3"

    def recognises(self, source: Source) -> bool:
        """Whether the root is one of TEI; also of an old one, which is refused with its reason."""
        return root_of(source) in (ROOT, CORPUS, *_OLD)

    def read(self, source: Source) -> Iterator[Draft]:
        """The documents of the file, in its order."""
        _refuse_old(source)
        volume = survey(source)
        common = common_fields(volume)
        for document in _named(outermost(source, volume)):
            yield draft_of(document, common if document.volume is volume else common_fields(document.volume))


def _refuse_old(source: Source) -> None:
    check_prolog(source)
    if root_of(source) in _OLD:
        raise BrokenSource(
            f"{source.name} is TEI without the namespace {NAMESPACE}: TEI P4 or older. "
            "Convert it to TEI P5 and hand it in again."
        )


def outermost(source: Source, volume: Volume) -> Iterator[tuple[etree._Element, Volume]]:
    """The outermost documents, each with the volume it is from; an element is emptied when the next is asked for."""
    parts = iterparse(source, ROOT, CORPUS, DIV, events=("start", "end"))
    in_corpus, depth = False, 0
    for event, element in parts:
        if element.tag == CORPUS:
            in_corpus = True
        elif element.tag == ROOT and event == "end" and (in_corpus or not volume.holds_documents):
            yield element, volume
            parts.release(element)
        elif element.tag == DIV and volume.holds_documents and not in_corpus:
            depth += is_document(element) * (1 if event == "start" else -1)
            if event == "end" and depth == 0:
                if is_document(element):
                    yield element, volume
                parts.release(element)


def _named(found: Iterator[tuple[etree._Element, Volume]]) -> Iterator[Document]:
    """Each document with its id, also those within another and those of a corpus."""
    names: set[str] = set()
    for number, (element, volume) in enumerate(found, start=1):
        own = volume_of(element, within=volume, name=str(number)) if _of_corpus(element) else volume
        documents = [each for each in element.iter(DIV) if is_document(each)]
        for each in documents or [element]:
            yield _document(each, own, names)


def _of_corpus(element: etree._Element) -> bool:
    parent = element.getparent()
    return element.tag == ROOT and parent is not None and parent.tag == CORPUS


def _document(element: etree._Element, volume: Volume, names: set[str]) -> Document:
    """The document; one whose id is missing, or is another's too, is counted, and that is said."""
    whole = element.tag == ROOT
    name = "" if whole else element.get(ID, "") or (f"n{element.get('n')}" if element.get("n") else "document")
    inferred = "" if whole or element.get(ID) else "the document has no xml:id"
    given, number = name, 1
    while f"{volume.key}/{name}" in names:
        number += 1
        name, inferred = f"{given or 'text'}-{number}", f"a document before it has the id “{given}” too"
    names.add(f"{volume.key}/{name}")
    return Document(element, volume, name, inferred)
