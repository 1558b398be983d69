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
        """The whole page, as large as it is given out; version 2 of the Image API calls that full."""
        return f"{self.service}/full/{'full' if _version() == 2 else 'max'}/0/default.jpg"

    def within(self, side: int) -> str:
        """The page within a square of so many pixels; no larger than it is."""
        scale = min(1.0, side / max(self.page.width, self.page.height, 1))
        width, height = (max(1, round(length * scale)) for length in (self.page.width, self.page.height))
        return f"{self.service}/full/{width},{height}/0/default.jpg"


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
    level = conf().IMAGE_SERVICE_LEVEL if conf().IMAGE_SERVICE else 2
    return f"{IMAGE_API}/{_version()}/level{level}.json"


def _version() -> int:
    return conf().IMAGE_SERVICE_VERSION if conf().IMAGE_SERVICE else 3


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
