"""Conversation: requests to one repository, one after the other, as its people would wish.

A pause before each further request; who we are, and to whom to write, in each; patience where it is asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from archive.fetching.courtesy import PASSING, headers, seconds_of
from archive.fetching.transport import fetch
from harvest.client.failures import HarvestFailed, Unavailable
from harvest.models import HarvestSource

#: Seconds that are waited within a request; where more is asked for, the run is put off, and the worker is free.
PATIENCE = 10


def _nobody() -> None:
    """Nobody holds a lease meanwhile."""


class Conversation:
    """Requests to one source. ``before_each`` is called before each, and may end the conversation by raising."""

    def __init__(self, source: HarvestSource, *, before_each: Callable[[], None] = _nobody) -> None:
        self._source = source
        self._before_each = before_each
        self._asked = False

    def ask(self, verb: str, **arguments: str) -> bytes:
        """The answer to one request; arguments that are empty are not sent.

        :raises HarvestFailed: the repository will not answer this.
        :raises Unavailable: it does not answer now, and saying when is longer than anybody waits here.
        """
        given = {name.removesuffix("_"): value for name, value in arguments.items() if value}
        url = f"{self._source.base_url}?{urlencode({'verb': verb, **given})}"
        try:
            return self._once(url)
        except Unavailable as failure:
            if failure.after is None or failure.after > PATIENCE:
                raise
            time.sleep(failure.after)
            return self._once(url)

    def _once(self, url: str) -> bytes:
        if self._asked and self._source.delay:
            time.sleep(self._source.delay)
        self._asked = True
        self._before_each()
        answer = fetch(url, headers=self._headers())
        if answer.status in PASSING:
            after = seconds_of(answer.headers.get("retry-after", ""))
            raise Unavailable(f"{self._source.base_url} answers with status {answer.status}.", after=after)
        if answer.status != 200:
            raise HarvestFailed(f"{self._source.base_url} answers with status {answer.status}. Is it the base URL?")
        return answer.content

    def _headers(self) -> dict[str, str]:
        """Who asks, and whom to write to: what a repository's people look for in their logs."""
        return headers("text/xml, application/xml;q=0.9, */*;q=0.1", contact=self._source.contact)
