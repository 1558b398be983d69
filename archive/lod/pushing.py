"""Pushing: an outside triple store follows the archive, for sites that outgrow the embedded one.

By the SPARQL 1.1 Graph Store HTTP Protocol: one graph for each representation, PUT where it has changed (section 5.3)
and DELETE where it was taken back (section 5.4). Both may be sent again without harm. Where the store does not answer,
the rest waits for the next time; a graph that it will not take is logged, counted and passed over.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

import urllib3
from django.db.models import Q
from django.utils import timezone

from archive import datestamps
from archive.conf import conf
from archive.lod import changes
from archive.lod.changes import Change
from archive.lod.models import Follower

logger = logging.getLogger(__name__)

#: For how long one process has the task to itself without a sign of life.
LEASE = timedelta(minutes=2)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
#: Seconds for a connection, and for an answer.
TIMEOUT = urllib3.Timeout(connect=5, read=60)
#: A refusal that has to do with the graph; all others have to do with the store or with who asks.
OF_THE_GRAPH = frozenset({400, 406, 413, 414, 415, 422})


class StoreAwayError(Exception):
    """The store cannot be told anything at the moment."""


def push() -> int:
    """Tell the store at GRAPH_STORE what has changed since the last time; the number of graphs that it took."""
    address = conf().GRAPH_STORE
    if not address:
        return 0
    follower, _ = Follower.objects.get_or_create(address=address, base=conf().PUBLIC_BASE_URL)
    if not _lease(follower):
        return 0
    failure, taken = "", 0
    try:
        for count in _tell(follower, _Store(address)):
            taken += count
    except StoreAwayError as error:
        failure = str(error)
        logger.warning("The triple store at %s lags behind: %s", address, error)
    finally:
        Follower.objects.filter(pk=follower.pk).update(leased_until=None, failure=failure)
    return taken


def push_everything() -> int:
    """Tell the store everything anew, and what was withdrawn; the number of graphs that it took."""
    Follower.objects.filter(address=conf().GRAPH_STORE).update(until=None, refused=0)
    return push()


def _lease(follower: Follower) -> bool:
    """Whether this process is the one to tell it."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now())
    found = Follower.objects.filter(free, pk=follower.pk)
    return found.update(leased_until=timezone.now() + LEASE) == 1


def _tell(follower: Follower, store: _Store) -> Iterator[int]:
    """Tell it batch by batch, and note how far that has come; gives the number of graphs that each time were taken."""
    settled = datestamps.settled()
    follower.refresh_from_db()
    for batch in changes.since(follower.until or BEGINNING):
        taken = sum(store.tell(change) for change in batch)
        _note(follower, batch, taken)
        yield taken
    Follower.objects.filter(pk=follower.pk).update(until=max(follower.until or BEGINNING, settled))


def _note(follower: Follower, batch: list[Change], taken: int) -> None:
    """How far it has come: to the last datestamp before the one that the batch ends in, which may go on."""
    whole = [each.changed_at for each in batch if each.changed_at < batch[-1].changed_at]
    follower.until = whole[-1] if whole else follower.until
    follower.refused += len(batch) - taken
    follower.leased_until = timezone.now() + LEASE
    follower.save(update_fields=["until", "refused", "leased_until"])


class _Store:
    """The outside store."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._join = "&" if urlsplit(address).query else "?"
        self._pool = urllib3.PoolManager(timeout=TIMEOUT, retries=False)
        self._headers = {"User-Agent": f"Fonds (+{conf().PUBLIC_BASE_URL})"}
        if conf().GRAPH_STORE_USER:
            secret = f"{conf().GRAPH_STORE_USER}:{conf().GRAPH_STORE_PASSWORD}"
            self._headers |= urllib3.make_headers(basic_auth=secret)

    def tell(self, change: Change) -> bool:
        """Whether the store took a change; False where it will not take this graph.

        :raises StoreAwayError: it takes nothing at all.
        """
        address = f"{self._address}{self._join}graph={quote(change.graph, safe='')}"
        if change.content is None:
            status, said = self._send("DELETE", address, None)
            done = status in {200, 202, 204, 404}  # it may never have heard of it
        else:
            status, said = self._send("PUT", address, change.content)
            done = status in {200, 201, 202, 204}
        if done:
            return True
        if status in OF_THE_GRAPH:
            logger.error("The triple store refuses %s: status %s, %s", change.graph, status, said)
            return False
        raise StoreAwayError(f"it answers {status} for {change.graph}: {said}")

    def _send(self, method: str, address: str, content: bytes | None) -> tuple[int, str]:
        headers = {**self._headers, "Content-Type": "application/n-triples"} if content is not None else self._headers
        try:
            answer = self._pool.request(method, address, body=content, headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            raise StoreAwayError(f"{type(error).__name__}: {error}") from None
        return answer.status, answer.data[:200].decode(errors="replace")
