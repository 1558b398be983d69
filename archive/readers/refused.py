"""How a source is refused: one class for each outcome. The message tells an archivist why, where, and what to do."""

from __future__ import annotations


class SourceRefused(Exception):  # noqa: N818 - the name says the outcome
    """The source cannot come in."""


class EmptySource(SourceRefused):
    """There is nothing in the source."""


class WrongEncoding(SourceRefused):
    """The source is not UTF-8."""


class SearchResultPage(SourceRefused):
    """The source lists documents and is none itself."""


class UnknownSource(SourceRefused):
    """No reader knows this kind of source."""


class BrokenSource(SourceRefused):
    """The source is of a known kind and cannot be read: cut off, not well-formed, against its own format."""


class HostileSource(SourceRefused):
    """Reading the source would take more time or memory than any honest file, or reach out of it."""


class Companion(SourceRefused):
    """The source belongs to another that came with it, by its name, and is no document of its own.

    ``of`` is the name of the other, which brings it along.
    """

    def __init__(self, name: str, *, of: str) -> None:
        super().__init__(f"{name} belongs to {of}, and is kept beside it.")
        self.of = of
