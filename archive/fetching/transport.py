"""One request: to the address that was judged, bounded in size and time, with redirects followed by hand.

urllib3's connection is used without its pool: it is given the network address, and the name separately, by which the
certificate is verified. Nothing of the environment (a proxy, a password file) has a say.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from threading import Timer
from typing import Any
from urllib.parse import urlencode, urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from archive.conf import conf
from archive.fetching.addresses import Endpoint, endpoint, public_addresses
from archive.fetching.failures import FetchFailed, Forbidden, Unavailable, Unusable

#: Seconds that a connection may take to be made, or be silent.
SILENCE = 20
REDIRECTS = 5
_CHUNK = 64 * 1024
_MOVED = frozenset({301, 302, 303, 307, 308})
_ENCODINGS = {
    "": 0,
    "identity": 0,
    "gzip": zlib.MAX_WBITS | 32,
    "x-gzip": zlib.MAX_WBITS | 32,
    "deflate": zlib.MAX_WBITS | 32,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, decompressed; the names of ``headers`` are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes


def fetch(url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None = None) -> Answer:
    """Ask an address with GET, and what it is redirected to; with a ``form`` by POST, which goes to no other host.

    :raises Forbidden: the address, or one that it is redirected to, is none that this site asks.
    :raises Unusable: the answer is larger than the site takes.
    :raises Unavailable: no whole answer came within the time that the site gives it.
    """
    ends = time.monotonic() + conf().HARVEST_SECONDS
    to = endpoint(url)
    for _ in range(REDIRECTS + 1):
        answer = _ask(to, headers, form, ends)
        where = answer.headers.get("location", "")
        if answer.status not in _MOVED or not where:
            return answer
        onward = endpoint(urljoin(to.url, where))
        if to.scheme == "https" and onward.scheme != "https":
            raise Forbidden(f"{to.url} redirects from https to http ({onward.url}), where anybody could answer.")
        if answer.status == HTTPStatus.SEE_OTHER:
            form = None  # what was asked is to be read there (RFC 9110, section 15.4.4)
        if form is not None and (onward.host, onward.port) != (to.host, to.port):
            raise Forbidden(f"{to.url} redirects to {onward.url}, which this site has not been told to ask.")
        to = onward
    raise FetchFailed(f"{url} redirects more than {REDIRECTS} times.")


def _ask(to: Endpoint, headers: Mapping[str, str], form: Mapping[str, str] | None, ends: float) -> Answer:
    addresses = public_addresses(to)
    failure: Unavailable | None = None
    for address in addresses[:2]:  # one of each family; more would multiply the time that is given
        try:
            with _connected(to, address, ends) as connection:
                return _answer(connection, to, headers, form, ends)
        except ssl.SSLError as error:
            raise FetchFailed(f"{to.host} cannot prove that it is {to.host}: {error.reason or error}.") from None
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            late = time.monotonic() >= ends
            why = (
                f"it took longer than {conf().HARVEST_SECONDS} seconds" if late else str(error) or type(error).__name__
            )
            failure = Unavailable(f"{to.host} gave no whole answer: {why}.")
            if late:
                break
    raise failure or Unavailable(f"{to.host} has no address.")


@contextmanager
def _connected(to: Endpoint, address: str, ends: float) -> Iterator[Any]:
    """A connection to one address, cut when its time is over, however slowly bytes still come."""
    left = max(0.1, ends - time.monotonic())
    silence = min(SILENCE, left)
    connection: HTTPConnection
    if to.scheme == "https":
        connection = HTTPSConnection(address, to.port, timeout=silence, ssl_context=trusted(), server_hostname=to.host)
    else:
        connection = HTTPConnection(address, to.port, timeout=silence)
    timer = Timer(left, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        yield connection
    finally:
        timer.cancel()
        connection.close()


def trusted() -> ssl.SSLContext:
    """Certificates that the system trusts."""
    return ssl.create_default_context()


def _cut(connection: Any) -> None:
    """Shut the socket down; whoever reads from it hears of its end."""
    with suppress(OSError, AttributeError, TypeError):  # there may be none any more
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _answer(
    connection: Any, to: Endpoint, headers: Mapping[str, str], form: Mapping[str, str] | None, ends: float
) -> Answer:
    sent = {"Host": to.authority, "Accept-Encoding": "gzip", "Connection": "close", **headers}
    method, body = "GET", None
    if form is not None:
        method, body = "POST", urlencode(form).encode()
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, to.target, body=body, headers=sent, preload_content=False, decode_content=False)
    response = connection.getresponse()
    told = {name.lower(): value for name, value in response.headers.items()}
    if response.status in _MOVED:
        return Answer(to.url, response.status, told, b"")
    content = b"".join(_decoded(_pieces(response, ends), told.get("content-encoding", "").strip().lower()))
    return Answer(to.url, response.status, told, content)


def _pieces(response: Any, ends: float) -> Iterator[bytes]:
    """The body as it was sent, as long as it stays within the limits.

    :raises TimeoutError: the time is over.
    """
    limit, size = conf().HARVEST_ANSWER_LIMIT, 0
    if int(response.headers.get("content-length") or 0) > limit:
        raise _too_large()
    while piece := response.read1(_CHUNK):
        size += len(piece)
        if size > limit:
            raise _too_large()
        yield piece
        if time.monotonic() >= ends:
            raise TimeoutError("the time is over")
    if time.monotonic() >= ends:
        raise TimeoutError("the time is over")  # it was cut, and looks like an end


def _decoded(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The body without its compression; a small body that grows without end is stopped where it passes the limit."""
    if encoding not in _ENCODINGS:
        raise Unusable(f"The answer is compressed in a way that was not asked for ({encoding[:40]!r}).")
    return _inflated(pieces, _ENCODINGS[encoding]) if _ENCODINGS[encoding] else pieces


def _inflated(pieces: Iterator[bytes], window: int) -> Iterator[bytes]:
    limit, size, inflating = conf().HARVEST_ANSWER_LIMIT, 0, zlib.decompressobj(window)
    for piece in pieces:
        while piece:
            try:
                plain = inflating.decompress(piece, _CHUNK)
            except zlib.error as error:
                raise Unavailable(f"The answer cannot be decompressed: {error}.") from None
            size += len(plain)
            if size > limit:
                raise _too_large()
            yield plain
            piece = inflating.unconsumed_tail
            if inflating.eof and (piece := inflating.unused_data):  # another member follows: RFC 1952, section 2.2
                inflating = zlib.decompressobj(window)
    if not inflating.eof:
        raise Unavailable("The answer breaks off within its compression.")


def _too_large() -> Unusable:
    limit = conf().HARVEST_ANSWER_LIMIT // 1024 // 1024
    return Unusable(
        f"The answer has more than {limit} MB, the most that this site takes (FONDS['HARVEST_ANSWER_LIMIT'])."
    )
