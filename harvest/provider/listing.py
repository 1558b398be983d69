"""Lists, as ListRecords and ListIdentifiers both give them: a page, and a token for the next one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from archive import datestamps
from harvest.formats import BY_PREFIX
from harvest.provider import rows, store, tokens
from harvest.provider.answers import Contents, Dated
from harvest.provider.arguments import Request
from harvest.provider.datestamps import written
from harvest.provider.errors import (
    CannotDisseminateFormatError,
    NoRecordsMatchError,
    NoSetHierarchyError,
    ProtocolError,
    shown,
)
from harvest.provider.rows import Found
from harvest.provider.selection import Position, Selection


def listed(request: Request, dated: Dated, *, as_xml: Callable[[Found], list[bytes]], content: bool) -> Contents:
    """The page that a request asks for; never an empty one, which the schema does not allow.

    :raises ProtocolError: where there is nothing to list.
    """
    selection = request.selection
    if selection.prefix not in BY_PREFIX:
        raise CannotDisseminateFormatError(f"There is no format {shown(selection.prefix)} here.")
    # Before the page: it must not be newer.
    changed_at = rows.newest(selection) if selection.last and _over(selection, datestamps.now()) else None
    page = store.page(selection, position=request.position, content=content)
    dated(page.found.told)
    if not page.found.rows:
        raise _nothing(selection)
    over = _over(selection, page.found.told)
    return Contents(as_xml(page.found), _resumption_token(request, page), changed_at if over else None)


def _over(selection: Selection, told: datetime) -> bool:
    """Whether the window has an end before which all is told: then nothing new can come into it."""
    return bool(selection.last and selection.last <= told - timedelta(seconds=1))


def _resumption_token(request: Request, page: store.Page) -> bytes:
    """``<resumptionToken>``: empty on the last page of a list in several, and absent from a list in one."""
    if page.next:
        token = tokens.issue(tokens.Token(request.verb, request.selection, page.next))
        expires = written(datetime.now(UTC) + tokens.lifetime())
        start = page.next.cursor - len(page.found.rows)
        return (
            f'<resumptionToken expirationDate="{expires}" completeListSize="{page.next.size}" cursor="{start}">'
            f"{token}</resumptionToken>"
        ).encode()
    if request.position:
        return _last_token(request.position, len(page.found.rows))
    return b""


def _last_token(position: Position, length: int) -> bytes:
    """The empty token. The size is what has come: it need not be guessed any more."""
    size = position.cursor + length
    return f'<resumptionToken completeListSize="{size}" cursor="{position.cursor}"/>'.encode()


def _nothing(selection: Selection) -> ProtocolError:
    """Why a list is empty.

    Also when the rest of a list that was begun has changed meanwhile and lies behind its ``until``: a harvester
    then has all of it that there still is.
    """
    if selection.spec and not store.has_members():
        return NoSetHierarchyError("This repository has no sets.")
    return NoRecordsMatchError("There are no records for these arguments.")
