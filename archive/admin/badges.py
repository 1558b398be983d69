"""States as badges: a word in a coloured box, readable without the colour."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString


def badge(state: str, label: str) -> SafeString:
    """The state, written out; the colour comes from archive/admin.css."""
    return format_html('<span class="fonds-state" data-state="{}">{}</span>', state, label)
