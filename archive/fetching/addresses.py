"""Addresses that this site may ask: public ones, with the schemes and ports that the site allows.

Who can enter an address could otherwise let the site ask what only the site can reach: the database next to it, the
cloud's metadata service. So a name is resolved here, every address that it has is judged, and the connection is made
to the address that was judged (``archive.fetching.transport``): a name that is resolved again may lead elsewhere.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from archive.conf import conf
from archive.fetching.failures import Forbidden, Unavailable

#: What an address may hold as it is; everything else is percent-encoded (RFC 3986, section 2).
_AS_WRITTEN = "/?&=%:;@+,!$'()*~-._[]"
_PORTS = {"http": 80, "https": 443}
#: Ranges that lead to addresses of version 4 written into them (RFC 6052, 3056), or are kept by the network itself.
_TRANSLATED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
#: Private networks of old (RFC 3879), which Python takes for public ones.
_SITE_LOCAL = ipaddress.ip_network("fec0::/10")
_CARRIER = ipaddress.ip_network("100.64.0.0/10")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of the web in its parts; ``target`` is the path with the query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as the header Host has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"


def endpoint(url: str) -> Endpoint:
    """The parts of an address, looked at but not resolved.

    :raises Forbidden: it is none that is asked; the message says why.
    """
    if any(ord(each) <= 32 or ord(each) == 127 for each in url):
        raise Forbidden("An address has no spaces and no control characters.")
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    except (ValueError, UnicodeError) as error:
        raise Forbidden(f"{url} is no address: {error}.") from None
    if parts.scheme not in _PORTS or not host:
        raise Forbidden(f"{url} is no address of the web: write https://… or http://….")
    if parts.username is not None or parts.password is not None:
        raise Forbidden("An address with a user name or password in it is not asked: it would stand in every log.")
    port = port if port is not None else _PORTS[parts.scheme]
    if port not in conf().HARVEST_PORTS:
        allowed = ", ".join(map(str, conf().HARVEST_PORTS))
        raise Forbidden(f"{url} is at port {port}. This site asks only {allowed} (FONDS['HARVEST_PORTS']).")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Endpoint(parts.scheme, host, port, quote(target, safe=_AS_WRITTEN))


def public_addresses(to: Endpoint) -> list[str]:
    """The network addresses of an endpoint, in the resolver's order.

    :raises Forbidden: one of them is not public. A name with a public and a private one is a trick, or a mistake.
    :raises Unavailable: the name has none.
    """
    try:
        found = socket.getaddrinfo(to.host, to.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unavailable(f"The name {to.host} cannot be resolved: {error}.") from None
    addresses = list(dict.fromkeys(str(sockaddr[0]).partition("%")[0] for *_, sockaddr in found))
    for each in addresses:
        if not _allowed(ipaddress.ip_address(each)):
            raise Forbidden(f"{to.host} is at {each}, which is not a public address. Only public ones are asked.")
    return addresses


def _allowed(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return conf().HARVEST_LOOPBACK
    translated = any(address in each for each in (*_TRANSLATED, _SITE_LOCAL) if each.version == address.version)
    shared = isinstance(address, ipaddress.IPv4Address) and address in _CARRIER
    return address.is_global and not (address.is_multicast or address.is_reserved or translated or shared)
