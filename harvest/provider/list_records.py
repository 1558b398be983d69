"""ListRecords: many records (OAI-PMH 2.0, section 4.5)."""

from __future__ import annotations

from harvest.provider.answers import Contents, Dated
from harvest.provider.arguments import Request
from harvest.provider.listing import listed
from harvest.provider.records import records


def list_records(request: Request, dated: Dated) -> Contents:
    """One page of records, and the token."""
    return listed(request, dated, as_xml=records, content=True)
