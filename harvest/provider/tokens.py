"""Resumption tokens: signed, and complete in themselves, so that the server keeps nothing.

A token holds the verb and the arguments of its list, so that it is good for nothing else, and the key of the
last record sent, so that the next page costs the same at any depth.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core import signing

from archive.conf import conf
from harvest.formats import BY_PREFIX
from harvest.provider import signatures
from harvest.provider.errors import BadResumptionTokenError, shown
from harvest.provider.selection import Key, Position, Selection

SALT = "harvest.provider.tokens"


class Token(NamedTuple):
    """What a resumption token says: which list, and where in it."""

    verb: str
    selection: Selection
    position: Position


def lifetime() -> timedelta:
    """How long a token is good."""
    return timedelta(days=conf().OAI_TOKEN_DAYS)


def issue(token: Token) -> str:
    """The token in the form in which it goes to the harvester."""
    selection, position = token.selection, token.position
    payload = [
        token.verb,
        selection.prefix,
        selection.spec,
        _written(selection.first),
        _written(selection.last),
        _written(position.after.changed_at),
        position.after.id,
        position.cursor,
        position.size,
    ]
    return signatures.signed(payload, salt=SALT)


def read(text: str, *, verb: str) -> Token:
    """What a token says that came back with a request.

    :raises BadResumptionTokenError: whatever is wrong with it.
    """
    try:
        token = _token(signatures.read(text, salt=SALT, max_age=lifetime()))
    except signing.SignatureExpired as error:
        raise BadResumptionTokenError(f"The token is older than {conf().OAI_TOKEN_DAYS} days.") from error
    except (signing.BadSignature, ValueError, TypeError) as error:  # the latter two: signed by an older version
        raise BadResumptionTokenError(f"{shown(text)} is no resumption token of this repository.") from error
    if token.verb != verb:
        raise BadResumptionTokenError(f"The token belongs to {token.verb}, not to {verb}.")
    if token.selection.prefix not in BY_PREFIX:
        raise BadResumptionTokenError(f"The format {token.selection.prefix} is no longer there.")
    return token


def _token(payload: Any) -> Token:
    verb, prefix, spec, first, last, changed_at, pk, cursor, size = payload
    return Token(
        verb,
        Selection(prefix, spec, _read(first), _read(last)),
        Position(Key(datetime.fromisoformat(changed_at), int(pk)), int(cursor), int(size)),
    )


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read(moment: str | None) -> datetime | None:
    return datetime.fromisoformat(moment) if moment else None
