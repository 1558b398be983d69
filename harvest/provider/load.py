"""Load: how much is done at once, and for whom (OAI-PMH 2.0, section 3.1.2.2: 503 with Retry-After).

Harvesters wait and come again; a site whose processes are all busy with lists cannot show a page to a reader.
"""

from __future__ import annotations

import time

from django.core.cache import cache
from django.http import HttpRequest

from archive.clients import client_of
from archive.conf import conf
from archive.load import NoPlaceError, Places

#: Seconds after which a harvester that was sent away may come again.
PAUSE = 5
MINUTE = 60

_lists = Places()


class BusyError(Exception):
    """The request is not answered now; ``after`` is in how many seconds it may come again."""

    def __init__(self, message: str, *, after: int) -> None:
        super().__init__(message)
        self.after = after


class ListInWork:
    """One of OAI_LISTS_AT_ONCE places of this process, for as long as a page takes; 0 is as many as come."""

    def __enter__(self) -> None:
        """Take one.

        :raises BusyError: where all are taken.
        """
        try:
            _lists.take(of=conf().OAI_LISTS_AT_ONCE)
        except NoPlaceError:
            raise BusyError("The archive is busy with other harvesters.", after=PAUSE) from None

    def __exit__(self, *_: object) -> None:
        """Leave it to others."""
        _lists.leave()


def throttle(request: HttpRequest) -> None:
    """Count a request against the OAI_REQUESTS_PER_MINUTE of its client; 0 is without limit.

    Counted in Django's cache, minute by minute: for all processes together only where they share one.

    :raises BusyError: where there have been more.
    """
    limit = conf().OAI_REQUESTS_PER_MINUTE
    if limit < 1:
        return
    minute, second = divmod(int(time.time()), MINUTE)
    key = f"harvest.client:{minute}:{client_of(request)}"
    cache.add(key, 0, 2 * MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # dropped between the two: the cache is full
        return
    if count > limit:
        raise BusyError(f"More than {limit} requests came from your address in a minute.", after=MINUTE - second)
