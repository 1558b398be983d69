"""Lists, as ListRecords and ListIdentifiers both give them: a page, and a token for the next one."""

from __future__ import annotations

from datetime import UTC, datetime

from harvest.formats import BY_PREFIX
from harvest.provider import store, tokens
from harvest.provider.arguments import Request
from harvest.provider.datestamps import written
from harvest.provider.errors import (
    CannotDisseminateFormatError,
    NoRecordsMatchError,
    NoSetHierarchyError,
    ProtocolError,
    shown,
)
from harvest.provider.selection import Position, Selection


def listed(request: Request, *, content: bool) -> store.Page:
    """The page that a request asks for; never an empty one, which the schema does not allow.

    :raises ProtocolError: where there is nothing to list.
    """
    selection = request.selection
    if selection.prefix not in BY_PREFIX:
        raise CannotDisseminateFormatError(f"There is no format {shown(selection.prefix)} here.")
    page = store.page(selection, position=request.position, content=content)
    if not page.rows:
        raise _nothing(selection)
    return page


def resumption_token(request: Request, page: store.Page) -> bytes:
    """``<resumptionToken>``: empty on the last page of a list in several, and absent from a list in one."""
    if page.next:
        token = tokens.issue(tokens.Token(request.verb, request.selection, page.next))
        expires = written(datetime.now(UTC) + tokens.lifetime())
        start = page.next.cursor - len(page.rows)
        return (
            f'<resumptionToken expirationDate="{expires}" completeListSize="{page.next.size}" cursor="{start}">'
            f"{token}</resumptionToken>"
        ).encode()
    if request.position:
        return _last_token(request.position, len(page.rows))
    return b""


def _last_token(position: Position, rows: int) -> bytes:
    """The empty token. Records that changed while the list was read have come twice: the size grows with them."""
    size = max(position.size, position.cursor + rows)
    return f'<resumptionToken completeListSize="{size}" cursor="{position.cursor}"/>'.encode()


def _nothing(selection: Selection) -> ProtocolError:
    """Why a list is empty.

    Also when the rest of a list that was begun has changed meanwhile and lies behind its ``until``: a harvester
    then has all of it that there still is.
    """
    if selection.spec and not store.has_members():
        return NoSetHierarchyError("This repository has no sets.")
    return NoRecordsMatchError("There are no records for these arguments.")
