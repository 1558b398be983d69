"""Rights: which addresses IIIF allows to stand in ``rights`` (Presentation 3, section 3.2; Change Discovery 1, 3.1)."""

from __future__ import annotations

import re

#: Both give their URIs with http.
_ADMITTED = re.compile(
    r"https?://(?:www\.)?"
    r"(?P<uri>creativecommons\.org/(?:licenses|publicdomain)/[\w./-]+|rightsstatements\.org/vocab/[\w./-]+)"
)


def admitted(uri: str) -> str | None:
    """The URI as it may stand in ``rights``; None where it may not."""
    known = _ADMITTED.fullmatch(uri)
    return f"http://{known['uri']}" if known else None
