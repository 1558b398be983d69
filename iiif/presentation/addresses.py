"""The addresses that stand in manifests. All begin with ``PUBLIC_BASE_URL``."""

from __future__ import annotations

from urllib.parse import quote

from archive import uris


def manifest(identifier: str) -> str:
    """The manifest of a document; also its id."""
    return uris.named("iiif:manifest", identifier)


def manifest_2(identifier: str) -> str:
    """The same for viewers that have Presentation 2.1 alone."""
    return uris.named("iiif:manifest-2", identifier)


def canvas(identifier: str, page: str) -> str:
    """The id of the canvas of a page. It names, and leads nowhere: the canvas is found in the manifest."""
    return f"{manifest(identifier).removesuffix('/manifest')}/canvas/{quote(page, safe='')}"


def range_of(identifier: str, number: int) -> str:
    """The id of a part of the document."""
    return f"{manifest(identifier).removesuffix('/manifest')}/range/{number}"


def lines(page: str) -> str:
    """The annotation page with the lines of a page."""
    return uris.named("iiif:lines", page)


def lines_2(page: str) -> str:
    """The same as an annotation list of Presentation 2.1."""
    return uris.named("iiif:lines-2", page)


def alto(page: str) -> str:
    """The lines and words of a page as ALTO."""
    return uris.named("iiif:alto", page)


def alto_of(identifier: str) -> str:
    """All pages of a document as ALTO."""
    return uris.named("iiif:alto-of", identifier)


def pdf(identifier: str) -> str:
    """The typeset pages of a document as PDF."""
    return uris.named("iiif:pdf", identifier)


def text(identifier: str) -> str:
    """The texts of a document, plain."""
    return uris.named("iiif:text", identifier)


def collection(slug: str) -> str:
    """A collection of manifests; also its id."""
    return uris.named("iiif:collection", slug)


def unit(identifier: str) -> str:
    """An archival unit as a collection of manifests; also its id."""
    return uris.named("iiif:unit", identifier)


def top() -> str:
    """The collection that leads to all others."""
    return uris.to("iiif:collection-top")


def holdings() -> str:
    """The collection that leads down the archival tree."""
    return uris.to("iiif:holdings")


def image_service(page: str) -> str:
    """The base address of a page in the image service, without a slash at its end."""
    return uris.named("iiif:image", page)
