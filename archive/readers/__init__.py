"""Readers turn a source into drafts: one module per input format, none of which knows Django.

To add one, see CONTRIBUTING.md, "Add a reader".
"""

from collections.abc import Iterator

from archive.drafts import Draft, RefusedPart, ThingDraft, UnitDraft
from archive.readers.alto import Alto
from archive.readers.base import Reader
from archive.readers.ead3 import Ead3
from archive.readers.front_matter import FrontMatter
from archive.readers.oai import OaiRecordReader
from archive.readers.page_markdown import MarkdownPage
from archive.readers.page_text import TextPage
from archive.readers.page_xml import PageXml
from archive.readers.pdf import Pdf
from archive.readers.rdf import RdfReader
from archive.readers.refusals import refuse_empty, refuse_unreadable, unrecognised
from archive.readers.refused import (
    BrokenSource,
    Companion,
    EmptySource,
    HostileSource,
    SearchResultPage,
    SourceRefused,
    UnknownSource,
    WrongEncoding,
)
from archive.readers.scans.beside import with_images
from archive.readers.scans.images import ImageFile
from archive.readers.source import Folder, Neighbours, Source
from archive.readers.tables import Table
from archive.readers.tei import TeiReader

__all__ = [
    "MARKED",
    "PAGES",
    "READERS",
    "TYING",
    "BrokenSource",
    "Companion",
    "EmptySource",
    "Folder",
    "HostileSource",
    "Neighbours",
    "Reader",
    "SearchResultPage",
    "Source",
    "SourceRefused",
    "UnknownSource",
    "WrongEncoding",
    "drafts_of",
    "reader_of",
]

#: Readers of formats that a file's first bytes tell: XML by its root, tables, images. In the order they are asked.
MARKED: tuple[Reader, ...] = (
    TeiReader(),
    Ead3(),
    OaiRecordReader(),
    Alto(),
    PageXml(),
    ImageFile(),
    Pdf(),
    RdfReader(),
    Table(),
)
#: Readers of texts that are told by their words. They are asked only for what is UTF-8 and not blank.
PAGES: tuple[Reader, ...] = (FrontMatter(), MarkdownPage(), TextPage())
#: Every reader.
READERS: tuple[Reader, ...] = (*MARKED, *PAGES)
#: Names of those whose sources tell how what they hold stands to one another, whatever comes first.
TYING = frozenset({RdfReader.name})


def reader_of(source: Source) -> Reader:
    """The reader that knows the source.

    :raises EmptySource: there is nothing in the source.
    :raises WrongEncoding: the source is not UTF-8.
    :raises SearchResultPage: the source lists documents and is none itself.
    :raises UnknownSource: no reader knows this kind of source.
    """
    refuse_empty(source)
    marked = next((each for each in MARKED if each.recognises(source)), None)
    if marked:
        return marked
    refuse_unreadable(source)
    page = next((each for each in PAGES if each.recognises(source)), None)
    if page:
        return page
    raise unrecognised(source)


def drafts_of(source: Source) -> tuple[Reader, Iterator[Draft | UnitDraft | ThingDraft | RefusedPart]]:
    """The reader that knows the source, and what it finds in it, one draft at a time; images beside a text with it.

    :raises SourceRefused: as ``reader_of``, and while the drafts are gone through as ``Reader.read``.
    """
    reader = reader_of(source)
    return reader, with_images(source, reader.read(source))
