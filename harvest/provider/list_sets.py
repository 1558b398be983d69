"""ListSets: how the records can be asked for by group (OAI-PMH 2.0, section 4.6).

A set is one that has or had a record in it. One that never had any is not public: its title may tell of documents that
are not. One whose records have all gone stays, because harvesters of the set ask for its deleted records.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from archive import datestamps
from archive.conf import conf
from archive.sets import Title, titles
from archive.vocab.characters import legal
from harvest.formats.oai_dc import Element, fragment
from harvest.provider import store_of_sets, tokens_of_sets
from harvest.provider.answers import Contents, Dated
from harvest.provider.arguments import Request
from harvest.provider.errors import NoSetHierarchyError
from harvest.provider.tokens_of_sets import Place


def list_sets(request: Request, dated: Dated) -> Contents:
    """One page of sets by their names, and the token.

    :raises NoSetHierarchyError: where there are none.
    :raises BadResumptionTokenError: where the token is none.
    """
    dated(datestamps.settled())
    return Contents(list(_page(request)))


def _page(request: Request) -> Iterator[bytes]:
    token = request.arguments.get("resumptionToken")
    place = tokens_of_sets.read(token) if token is not None else Place()
    limit = conf().OAI_PAGE_SIZE
    found = store_of_sets.specs(after=place.after, limit=limit + 1)
    if not found and token is None:
        raise NoSetHierarchyError("This repository has no sets.")
    if not found:
        raise tokens_of_sets.passed(str(token))
    shown = found[:limit]
    named = titles(shown)
    for spec in shown:
        yield _set(spec, named[spec])
    yield _token(place, shown, more=len(found) > limit)


def _token(place: Place, shown: list[str], *, more: bool) -> bytes:
    """The token after a page; empty on the last of several, and none where one page holds all."""
    if not more and not place.after:
        return b""
    size = place.size or store_of_sets.size()
    after = Place(shown[-1], place.cursor + len(shown), size)
    return tokens_of_sets.written(after, cursor=place.cursor, last=not more)


def _set(spec: str, title: Title) -> bytes:
    """``<set>``; what XML cannot carry is taken out of names and descriptions, whoever typed it."""
    said = legal(title.description)
    description = fragment([Element("description", said)]) if said.strip() else b""
    if description:
        description = b"<setDescription>" + description + b"</setDescription>"
    name = escape(legal(title.name), quote=False)
    return (
        f"<set><setSpec>{escape(spec, quote=False)}</setSpec><setName>{name}</setName>".encode()
        + description
        + b"</set>"
    )
