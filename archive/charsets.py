"""Charsets: what a request may claim to be written in.

Django decodes the query of every request by the charset that its Content-Type names, be it that of a GET, and
does so before any middleware has seen it. Python knows codecs by which nothing can be decoded ("rot13"), or
that come to what no database takes ("unicode_escape"): such a header then makes every address fail. Listening
to ``request_started`` is the only place before that which every project has.
"""

from __future__ import annotations

import codecs
from typing import Any

from django.utils.http import parse_header_parameters

#: Surrogates in the codecs that can write them.
_PROBE = rb"\ud800 +2AA-"
#: Writes surrogates too, in a way that no short text shows.
_NEVER = frozenset({"punycode"})


def drop_unreadable(sender: Any, environ: dict[str, Any] | None = None, **kwargs: Any) -> None:
    """Take a charset that is none from the Content-Type of a WSGI request, which is then read as UTF-8."""
    if environ is None or ";" not in (given := environ.get("CONTENT_TYPE", "")):
        return
    try:
        kind, parameters = parse_header_parameters(given)
    except ValueError:  # a parameter in a charset of its own (RFC 2231) that does not exist
        environ["CONTENT_TYPE"] = ""
        return
    if "charset" in parameters and not readable(parameters.pop("charset")):
        environ["CONTENT_TYPE"] = "; ".join([kind, *(f"{name}={value}" for name, value in parameters.items())])


def readable(charset: str) -> bool:
    """Whether text can be decoded by a charset, and can be stored then."""
    try:
        _PROBE.decode(charset, "replace").encode()
        return codecs.lookup(charset).name not in _NEVER
    except (LookupError, ValueError):
        return False
