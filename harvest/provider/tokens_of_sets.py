"""Resumption tokens of ListSets: the last set sent, signed like those of records."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.core import signing

from archive.conf import conf
from harvest.provider import signatures
from harvest.provider.datestamps import written as stamped
from harvest.provider.errors import BadResumptionTokenError, shown
from harvest.provider.tokens import lifetime

SALT = "harvest.provider.tokens_of_sets"


class Place(NamedTuple):
    """How far a harvester has come in the list of sets; ``size`` was counted with the first page."""

    after: str = ""
    cursor: int = 0
    size: int = 0


def read(text: str) -> Place:
    """What a token says that came back.

    :raises BadResumptionTokenError: whatever is wrong with it.
    """
    try:
        return _place(signatures.read(text, salt=SALT, max_age=lifetime()))
    except signing.SignatureExpired as error:
        raise BadResumptionTokenError(f"The token is older than {conf().OAI_TOKEN_DAYS} days.") from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise passed(text) from error


def passed(text: str) -> BadResumptionTokenError:
    """What to say of a token behind which there is nothing."""
    return BadResumptionTokenError(f"{shown(text)} is no resumption token of this list of sets.")


def written(place: Place, *, cursor: int, last: bool) -> bytes:
    """``<resumptionToken>`` after a page that began at ``cursor``; empty after the last one."""
    if last:
        size = max(place.size, place.cursor)
        return f'<resumptionToken completeListSize="{size}" cursor="{cursor}"/>'.encode()
    expires = stamped(datetime.now(UTC) + lifetime())
    return (
        f'<resumptionToken expirationDate="{expires}" completeListSize="{place.size}" cursor="{cursor}">'
        f"{signatures.signed(list(place), salt=SALT)}</resumptionToken>"
    ).encode()


def _place(payload: Any) -> Place:
    after, cursor, size = payload
    return Place(str(after), int(cursor), int(size))
