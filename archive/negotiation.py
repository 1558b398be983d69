"""Content negotiation: which of several formats to send (RFC 9110, section 12.5.1).

Django's own ``get_preferred_type`` forgets what a client refuses: to it, ``text/html;q=0, */*`` asks for HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from django.http.request import MediaType

#: Ranges of one header that are read; a longer header is no honest one.
RANGE_LIMIT = 50


def choose(accept: str, offers: Sequence[str]) -> str | None:
    """The offer that a client likes best; of equals, the earlier one. None where it accepts none of them.

    ``accept`` is the value of the header, empty if there is none, which means that anything will do.
    """
    ranges = list(_ranges(accept))
    if not ranges and not accept.strip(" ,"):
        return next(iter(offers), None)
    best, best_quality = None, 0.0
    for offer in offers:
        quality = _quality(MediaType(offer), ranges)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def _ranges(accept: str) -> Iterator[MediaType]:
    """The ranges of a header that can be read."""
    for each in accept.split(",", RANGE_LIMIT)[:RANGE_LIMIT]:
        if each.strip():
            with suppress(ValueError):  # a parameter in a charset of its own (RFC 2231) that does not exist
                yield MediaType(each)


def _quality(offer: MediaType, ranges: Sequence[MediaType]) -> float:
    """How much the client wants an offer: the weight of the most specific range that covers it, else 0."""
    covering = [each for each in ranges if _covers(each, offer)]
    most_specific = max(covering, key=_specificity, default=None)
    return 0.0 if most_specific is None else _weight(most_specific)


def _covers(wanted: MediaType, offer: MediaType) -> bool:
    """Whether a range covers an offer. Parameters of the offer that the range does not name do not matter."""
    if wanted.main_type == "*":
        return wanted.sub_type in {"*", ""}  # some clients send a lone asterisk
    same = wanted.main_type.lower() == offer.main_type.lower()
    if same and wanted.sub_type == "*":
        return True
    return (
        same
        and wanted.sub_type.lower() == offer.sub_type.lower()
        and wanted.range_params.items() <= offer.range_params.items()
    )


def _specificity(wanted: MediaType) -> tuple[bool, bool, int]:
    return wanted.main_type != "*", wanted.sub_type != "*", len(wanted.range_params)


def _weight(wanted: MediaType) -> float:
    """The range's ``q``; one that is no number from 0 to 1 counts as not given."""
    try:
        weight = float(wanted.params.get("q", "1"))
    except ValueError:
        return 1.0
    return weight if 0 <= weight <= 1 else 1.0
