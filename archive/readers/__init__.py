"""Readers turn a source into drafts: one module per input format, none of which knows Django.

To add one, see CONTRIBUTING.md, "Add a reader".
"""

from archive.readers.base import (
    EmptySource,
    Reader,
    Source,
    SourceRefused,
    UnknownSource,
    WrongEncoding,
)

__all__ = [
    "EmptySource",
    "Reader",
    "Source",
    "SourceRefused",
    "UnknownSource",
    "WrongEncoding",
]


def drafts_of(source: Source) -> "tuple[Reader, tuple]":
    raise UnknownSource("no readers yet")
