"""Services: how a manifest or a collection tells that it can be searched (Content Search, sections 3.1 and 4.1).

Both versions are told: the specification wants the newer one, and viewers read the older one.
"""

from __future__ import annotations

from typing import Any

from archive import uris
from iiif.search.version1 import CONTEXT


def of_document(identifier: str) -> tuple[dict[str, Any], ...]:
    """The services of a manifest."""
    return _services(uris.to("iiif:search", 2, identifier), uris.to("iiif:search", 1, identifier))


def of_collection(slug: str) -> tuple[dict[str, Any], ...]:
    """The services of a collection; ``top`` is that of all."""
    return _services(uris.to("iiif:search-collection", 2, slug), uris.to("iiif:search-collection", 1, slug))


def _services(second: str, first: str) -> tuple[dict[str, Any], ...]:
    return (
        {
            "id": second,
            "type": "SearchService2",
            "service": [{"id": f"{second}/autocomplete", "type": "AutoCompleteService2"}],
        },
        {
            "@context": CONTEXT,
            "@id": first,
            "@type": "SearchService1",
            "profile": "http://iiif.io/api/search/1/search",
            "service": [
                {
                    "@id": f"{first}/autocomplete",
                    "@type": "AutoCompleteService1",
                    "profile": "http://iiif.io/api/search/1/autocomplete",
                }
            ],
        },
    )
