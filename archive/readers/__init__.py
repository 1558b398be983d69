"""Readers turn a source into drafts: one module per input format, none of which knows Django.

To add one, see CONTRIBUTING.md, "Add a reader".
"""

from archive.drafts import Draft
from archive.readers.base import (
    EmptySource,
    Reader,
    SearchResultPage,
    Source,
    SourceRefused,
    UnknownSource,
    WrongEncoding,
)
from archive.readers.page_markdown import MarkdownPage
from archive.readers.page_text import TextPage
from archive.readers.refusals import refuse_unreadable, unrecognised

__all__ = [
    "READERS",
    "EmptySource",
    "Reader",
    "SearchResultPage",
    "Source",
    "SourceRefused",
    "UnknownSource",
    "WrongEncoding",
    "drafts_of",
]

#: Every reader, in the order in which they are asked.
READERS: tuple[Reader, ...] = (MarkdownPage(), TextPage())


def drafts_of(source: Source) -> tuple[Reader, tuple[Draft, ...]]:
    """The reader that knows the source, and the documents it finds in it.

    :raises EmptySource: there is nothing in the source.
    :raises WrongEncoding: the source is not UTF-8.
    :raises SearchResultPage: the source lists documents and is none itself.
    :raises UnknownSource: no reader knows this kind of source.
    """
    refuse_unreadable(source)
    reader = next((each for each in READERS if each.recognises(source)), None)
    if reader is None:
        raise unrecognised(source, tuple(each.name for each in READERS))
    return reader, tuple(reader.read(source))
