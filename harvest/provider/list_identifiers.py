"""ListIdentifiers: the headers of many records (OAI-PMH 2.0, section 4.3)."""

from __future__ import annotations

from harvest.provider.answers import Contents, Dated
from harvest.provider.arguments import Request
from harvest.provider.listing import listed
from harvest.provider.records import headers


def list_identifiers(request: Request, dated: Dated) -> Contents:
    """One page of headers, and the token."""
    return listed(request, dated, as_xml=headers, content=False)
