"""ListIdentifiers: the headers of many records (OAI-PMH 2.0, section 4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from harvest.provider.arguments import Request
from harvest.provider.listing import listed, resumption_token
from harvest.provider.records import headers


def list_identifiers(request: Request) -> Iterator[bytes]:
    """One page of headers, and the token."""
    page = listed(request, content=False)
    yield from headers(page.rows)
    yield resumption_token(request, page)
