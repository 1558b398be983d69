"""The addresses that stand in manifests. All begin with ``PUBLIC_BASE_URL``."""

from __future__ import annotations

from urllib.parse import quote

from archive import uris
from archive.conf import conf

#: Profiles of the Image API 2 begin so.
IMAGE_2 = "http://iiif.io/api/image/2"


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


def image_service_2(service: str) -> str:
    """Where the same service speaks version 2 of the Image API: ours apart, one elsewhere where it is."""
    ours = uris.to("iiif:image", "page").removesuffix("page")
    return service.replace(ours, uris.to("iiif:image-2", "page").removesuffix("page"))


def image_service_type() -> tuple[str, str]:
    """The type of the image service, and its profile, as manifests name them (Presentation 3, section 4.6)."""
    if not conf().IMAGE_SERVICE:
        return "ImageService3", "level2"
    version, level = conf().IMAGE_SERVICE_VERSION, conf().IMAGE_SERVICE_LEVEL
    return f"ImageService{version}", f"level{level}" if version == 3 else f"{IMAGE_2}/level{level}.json"
