"""Pages: the collection of all changes, and its pages, as Activity Streams (Change Discovery 1.0, section 3)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from archive import uris
from archive.conf import conf
from iiif.discovery.changes import Change, Place, Stretch
from iiif.presentation import addresses
from iiif.rights import admitted

CONTEXT = "http://iiif.io/api/discovery/1/context.json"


def collection() -> dict[str, Any]:
    """The way in: where the list of all changes begins and ends."""
    rights = admitted(conf().METADATA_RIGHTS)
    return {
        "@context": CONTEXT,
        **_all_changes(),
        **({"rights": rights} if rights else {}),
        "first": _page(Place("first")),
        "last": _page(Place("last")),
    }


def page(place: Place, found: Stretch) -> dict[str, Any]:
    """The page at a place."""
    return {
        "@context": CONTEXT,
        **_page(place),
        "partOf": _all_changes(),
        **({"prev": _page(found.previous)} if found.previous else {}),
        **({"next": _page(found.next)} if found.next else {}),
        "orderedItems": [_activity(change) for change in found.changes],
    }


def _all_changes() -> dict[str, str]:
    return {"id": uris.to("iiif:activity"), "type": "OrderedCollection"}


def _page(place: Place) -> dict[str, str]:
    return {"id": uris.to("iiif:activity-page", str(place)), "type": "OrderedCollectionPage"}


def _activity(change: Change) -> dict[str, Any]:
    return {
        "type": change.kind,
        "object": {"id": addresses.manifest(change.identifier), "type": "Manifest"},
        "endTime": _written(change.changed_at),
    }


def _written(moment: datetime) -> str:
    """With microseconds: no two transactions share one, so that a consumer may stop at the last that it knows."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
