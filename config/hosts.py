"""Hosts: the names under which a site answers."""

from __future__ import annotations

from urllib.parse import urlsplit

#: What a machine calls itself. Who opens a site on their own machine types one or another.
OURSELVES = ("127.0.0.1", "localhost", "[::1]")


def names_in(address: str) -> list[str]:
    """The name in a public address, as Django's ``ALLOWED_HOSTS`` has it; of this machine's own, all of them."""
    host = urlsplit(address).hostname or OURSELVES[0]
    name = f"[{host}]" if ":" in host else host
    return list(OURSELVES) if name in OURSELVES else [name]
