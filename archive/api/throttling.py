"""Throttling: how much one client may ask of the API, as the site says in ``FONDS``; without limits by default.

Who has logged in is known by name, everybody else by address. Counts are kept in Django's cache: where each process
has one of its own, the limits hold for each process.
"""

from __future__ import annotations

from typing import Any

from rest_framework.throttling import SimpleRateThrottle

from archive.clients import client_of
from archive.conf import conf

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class _Throttle(SimpleRateThrottle):
    """Requests of one kind, per client."""

    def get_rate(self) -> str | None:
        """The rate that the site sets, such as ``600/minute``; none where it is empty."""
        return self.told() or None

    def told(self) -> str:
        """What stands in the settings."""
        raise NotImplementedError

    def concerns(self, method: str | None) -> bool:
        """Whether requests with this method are counted."""
        raise NotImplementedError

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        """Where the requests of the client are counted; None where they are not."""
        if not self.concerns(request.method):
            return None
        # Asked of what has authenticated already: a public view never looks for a user.
        who = f"user-{request.user.pk}" if request.user and request.user.is_authenticated else client_of(request)
        return f"archive_api.{self.scope}.{who}"


class Reading(_Throttle):
    """GET, HEAD and OPTIONS."""

    scope = "reading"

    def told(self) -> str:
        """``FONDS["API_READ_RATE"]``."""
        return conf().API_READ_RATE

    def concerns(self, method: str | None) -> bool:
        """Whether the method only reads."""
        return method in SAFE


class Writing(_Throttle):
    """Everything else."""

    scope = "writing"

    def told(self) -> str:
        """``FONDS["API_WRITE_RATE"]``."""
        return conf().API_WRITE_RATE

    def concerns(self, method: str | None) -> bool:
        """Whether the method changes something."""
        return method not in SAFE
