"""What a source is, what a reader promises, and how a source is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from archive.drafts import Draft


class SourceRefused(Exception):  # noqa: N818 - the name says the outcome
    """The source cannot come in; the message tells an archivist why and what to do."""


class EmptySource(SourceRefused):
    """There is nothing in the source."""


class WrongEncoding(SourceRefused):
    """The source is not UTF-8."""


class SearchResultPage(SourceRefused):
    """The source lists documents and is none itself."""


class UnknownSource(SourceRefused):
    """No reader knows this kind of source."""


@dataclass(frozen=True)
class Source:
    """One file as it was handed in: its name and its bytes."""

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def text(self) -> str:
        """The bytes decoded as UTF-8, unchanged otherwise.

        :raises WrongEncoding: naming the first byte that is not UTF-8, and its line.
        """
        try:
            return self.content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = self.content.count(b"\n", 0, error.start) + 1
            raise WrongEncoding(
                f"{self.name} is not UTF-8: byte {self.content[error.start]:#04x} in line {line} has no meaning there. "
                "Save the file as UTF-8 and hand it in again."
            ) from error


class Reader(Protocol):
    """One input format."""

    #: Short name, as it stands in reports and in the database.
    name: str
    #: Raised when the reader understands more or otherwise, so that originals can be read anew.
    version: str

    def recognises(self, source: Source) -> bool:
        """Whether the source is of this reader's format. Cheap, and never raises for a source of another."""

    def read(self, source: Source) -> Iterator[Draft]:
        """The drafts that the source holds, in its order.

        :raises SourceRefused: where the source is of this format and still cannot come in.
        """
