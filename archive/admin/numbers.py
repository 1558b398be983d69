"""The numbers that a document carries or cites."""

from __future__ import annotations

from archive.admin.ordering import OrderedInline
from archive.models import DocumentNumber


class NumberInline(OrderedInline):
    """Numbers, one a row."""

    model = DocumentNumber
    verbose_name = "number"
    fields = ("order", "kind", "value", "verbatim")
