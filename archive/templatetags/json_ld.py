"""``{{ thing|json_ld }}``: a thing in JSON-LD within a page, which no word in it can break out of."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

#: What could end the element, or be taken for its end.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def json_ld(thing: dict[str, Any]) -> SafeString:
    """A script element that runs nothing; values that are empty are left out."""
    said = {name: value for name, value in thing.items() if value not in (None, "", [], {})}
    written = json.dumps(said, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 - escaped above
