"""Where a document can be looked at: the addresses of its manifest, its page images and its thumbnail.

The manifest and the image service belong to another app, which need not be installed: then there are none. Their
addresses are made from the names of its views, because harvest does not know that app; images may be served elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from archive import uris
from archive.conf import conf
from archive.description import Description, PageDescription

#: What the image service is, as Europeana asks for it (IIIF Image API 3.0, section 6).
IMAGE_API = "http://iiif.io/api/image"


@dataclass(frozen=True, slots=True)
class View:
    """A page with the base address of its images, without a slash at its end."""

    page: PageDescription
    service: str

    @property
    def image(self) -> str:
        """The whole page, as large as it is given out."""
        return uris.page_image(self.service, self.page.width, self.page.height).address

    def within(self, side: int) -> str:
        """The page within a square of so many pixels, as near as the image service comes to that."""
        return uris.page_image_within(side, self.service, self.page.width, self.page.height).address


def views_of(description: Description) -> tuple[View, ...]:
    """The pages of a document that can be looked at, in their order."""
    return tuple(_views(description))


def _views(description: Description) -> Iterator[View]:
    if not description.pages or not apps.is_installed("iiif"):
        return
    for page in description.pages:
        yield View(page, uris.image_service(page.identifier, page.file))


def level_of_images() -> str:
    """The profile of the image service: how much it can."""
    elsewhere = bool(conf().IMAGE_SERVICE)
    version, level = (conf().IMAGE_SERVICE_VERSION, conf().IMAGE_SERVICE_LEVEL) if elsewhere else (3, 2)
    return f"{IMAGE_API}/{version}/level{level}.json"


def manifest_of(description: Description) -> str:
    """The address of the IIIF manifest; empty where there is none."""
    if not description.pages or not apps.is_installed("iiif"):
        return ""
    return uris.named("iiif:manifest", description.identifier)


def front_door(description: Description) -> str:
    """The address of the page for people; that of the document itself where the site has no pages."""
    return door_of(description.uri)


def door_of(uri: str) -> str:
    """The address of the page about a document, by its URI."""
    return f"{uri}.html" if apps.is_installed("archive.web") else uri
