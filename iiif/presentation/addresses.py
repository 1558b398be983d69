"""The addresses that stand in manifests. All begin with ``PUBLIC_BASE_URL``."""

from __future__ import annotations

from archive import uris


def manifest(identifier: str) -> str:
    """The manifest of a document; also its id."""
    return uris.to("iiif:manifest", identifier)


def canvas(identifier: str, page: str) -> str:
    """The id of the canvas of a page. It names, and leads nowhere: the canvas is found in the manifest."""
    return f"{manifest(identifier).removesuffix('/manifest')}/canvas/{page}"


def collection(slug: str) -> str:
    """A collection of manifests; also its id."""
    return uris.to("iiif:collection", slug)


def top() -> str:
    """The collection that leads to all others."""
    return uris.to("iiif:collection-top")


def image_service(page: str) -> str:
    """The base address of a page in the image service, without a slash at its end."""
    return uris.to("iiif:image", page)
