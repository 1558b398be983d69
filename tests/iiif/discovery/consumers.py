"""A consumer of changes as the specification has it (Change Discovery 1.0, section 3.5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

ALL_CHANGES = "/iiif/activity/all-changes"


def got(client, address: str) -> dict[str, Any]:
    """A resource by its public address or its path."""
    response = client.get(urlsplit(address).path)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


class Consumer:
    """Keeps the manifests that there are, reading backwards as far as the last change that it knew before."""

    def __init__(self, client) -> None:
        self.client = client
        self.manifests: set[str] = set()
        self.known = ""
        self.read: list[dict[str, Any]] = []

    def crawl(self) -> None:
        """Read all that is new."""
        self.read = list(self._news())
        told: set[str] = set()
        for activity in self.read:
            manifest = activity["object"]["id"]
            if manifest not in told and activity["type"] != "Delete":
                self.manifests.add(manifest)
            elif manifest not in told:
                self.manifests.discard(manifest)
            told.add(manifest)
        self.known = max([self.known, *(activity["endTime"] for activity in self.read)])

    def _news(self) -> Iterator[dict[str, Any]]:
        address = got(self.client, ALL_CHANGES)["last"]["id"]
        while True:
            page = got(self.client, address)
            for activity in reversed(page["orderedItems"]):
                if activity["endTime"] <= self.known:
                    return
                yield activity
            if "prev" not in page:
                return
            address = page["prev"]["id"]
