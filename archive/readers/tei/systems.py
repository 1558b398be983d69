"""Where the ids of a TEI file mean something: the edition or the project that gave them.

Two projects may both have a letter ``L1``. Within an identity, an id stands with its system: the host of ``xml:base``
or of the address in the header; for *Foreign Relations of the United States*, which gives neither, the host that the
Office of the Historian serves it from; else the name of the publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from archive.readers.tei.markup import tei, words

#: Kinds of idno by which a series knows its own volumes, and where those ids mean something.
_SERIES = {"frus": "history.state.gov"}
_ADDRESSES = frozenset({"url", "uri"})
_OTHER = re.compile(r"[^a-z0-9]+")


def idnos(header: etree._Element | None) -> Iterator[tuple[str, etree._Element]]:
    """The identifiers of the file that its header gives, each with its type in small letters."""
    statement = None if header is None else header.find(f"{tei('fileDesc')}/{tei('publicationStmt')}")
    for each in () if statement is None else statement.iter(tei("idno")):
        if words(each):
            yield each.get("type", "").casefold(), each


def key_of(header: etree._Element | None) -> str:
    """The id of a volume within its series, if the header gives one."""
    return next((words(each) for kind, each in idnos(header) if kind in _SERIES), "")


def address_of(header: etree._Element | None) -> etree._Element | None:
    """The element of the header that gives the file's address."""
    found = (each for kind, each in idnos(header) if kind in _ADDRESSES)
    return next((each for each in found if words(each).startswith(("http://", "https://"))), None)


def system_of(header: etree._Element | None, *, base: str) -> str:
    """Where the ids of a file mean something; ``tei`` if nothing tells."""
    address = address_of(header)
    host = _host(base) or ("" if address is None else _host(words(address)))
    series = next((_SERIES[kind] for kind, _ in idnos(header) if kind in _SERIES), "")
    return host or series or _publisher(header) or "tei"


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _publisher(header: etree._Element | None) -> str:
    statement = None if header is None else header.find(f"{tei('fileDesc')}/{tei('publicationStmt')}")
    if statement is None:
        return ""
    found = (words(each) for each in statement.iter(*map(tei, ("publisher", "authority", "distributor"))))
    return _OTHER.sub("-", next(found, "").casefold()).strip("-")[:60]
