"""ListRecords: many records (OAI-PMH 2.0, section 4.5)."""

from __future__ import annotations

from collections.abc import Iterator

from harvest.provider.arguments import Request
from harvest.provider.listing import listed, resumption_token
from harvest.provider.records import records


def list_records(request: Request) -> Iterator[bytes]:
    """One page of records, and the token."""
    page = listed(request, content=True)
    yield from records(page.rows)
    yield resumption_token(request, page)
