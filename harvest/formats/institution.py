"""Whose records these are, as aggregators are told: every record names the institution that it comes from."""

from __future__ import annotations

from archive.conf import conf
from harvest.formats.markup import words


def institution() -> str:
    """The name of the institution that holds the documents; that of the repository, where no other is set."""
    return words(conf().INSTITUTION) or words(conf().REPOSITORY_NAME)


def aggregator() -> str:
    """The name of the aggregator that passes the records on; the institution, where it sends them itself."""
    return words(conf().AGGREGATOR) or institution()
