"""Answers: the bytes that go out, and by what a client that asks again sees whether it has them already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from harvest.provider import tokens

#: A stamp younger than this says nothing yet: the record may change once more within the same second.
SETTLED = timedelta(seconds=2)


#: Takes the time until which everything is told that an answer is made of; that is its responseDate.
Dated = Callable[[datetime], None]


class Contents(NamedTuple):
    """What a verb gives: its records in pieces, and the token of a list.

    ``changed_at`` is the time of the last change of what was asked for, where the same request will be answered alike
    until something changes: for a record, and for a window of time that is over. Else None.
    """

    pieces: list[bytes]
    token: bytes = b""
    changed_at: datetime | None = None


class Answer(NamedTuple):
    """An answer. ``etag`` and ``last_modified`` are None where a client has to take it anew every time."""

    body: bytes
    etag: str | None = None
    last_modified: datetime | None = None


def answer(before: bytes, contents: Contents, after: bytes) -> Answer:
    """The answer with these contents.

    Its ETag is a weak one (RFC 9110, section 8.8.1): responseDate and the dates of a token differ each time, without
    the answer meaning anything else.
    """
    # Once: half a megabyte is not copied for nothing.
    body = b"".join([before, *contents.pieces, contents.token, after])
    if contents.changed_at is None:
        return Answer(body)
    now = datetime.now(UTC)
    since = _since(contents.changed_at, now, with_token=bool(contents.token))
    digest = hashlib.sha256(since.isoformat().encode() if contents.token else b"")
    for piece in contents.pieces:
        digest.update(piece)
    settled = since <= now - SETTLED
    return Answer(body, f'W/"{digest.hexdigest()[:32]}"', since.replace(microsecond=0) if settled else None)


def _since(changed_at: datetime, now: datetime, *, with_token: bool) -> datetime:
    """Since when the same request has been answered alike.

    A list with a token changes twice in the token's lifetime, so that a client told that nothing has changed still
    has half of it.
    """
    if not with_token:
        return changed_at
    half = tokens.lifetime().total_seconds() / 2
    return max(changed_at, datetime.fromtimestamp(now.timestamp() // half * half, UTC))
