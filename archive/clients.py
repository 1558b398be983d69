"""Clients: from whom a request comes and how much it brings, for counting and for sharing out what there is."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from archive.conf import conf


def client_of(request: HttpRequest) -> str:
    """Whom a request comes from: an address, or of the sixth version of IP the network that one client has to itself.

    As the connection tells it; or as the header OAI_CLIENT_HEADER does, which a proxy in front must set itself.
    """
    name = conf().OAI_CLIENT_HEADER
    told = request.headers.get(name, "").strip() if name else ""
    text = told or request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False).network_address)


def size_told(request: HttpRequest) -> int:
    """How many bytes a request says that it brings (Content-Length); 0 where that is no number.

    Read as Django reads it, which takes no byte of such a request: what passes here is what is read.
    """
    try:
        return max(0, int(request.META.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0
