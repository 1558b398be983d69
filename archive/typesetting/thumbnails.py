"""Thumbnails: small images of pages, scans too, for archivists who look before the public may.

Pages are kept as pyramids for the image service (TIFF), which no browser shows; and the image service serves
only what is public.
"""

from __future__ import annotations

from archive.models import Page

#: What libvips decodes safely and pages are kept in; SVG and PDF are programs rather than images.
DECODED = frozenset({"image/tiff", "image/png", "image/jpeg", "image/webp", "image/jp2"})


class NoThumbnail(Exception):  # noqa: N818 - the name says the outcome
    """There is no image to make small; the message says why."""


def thumbnail(page: Page, *, width: int) -> bytes:
    """The image of a page as JPEG, ``width`` pixels wide.

    :raises NoThumbnail: if its file is missing, broken or of a kind that is not decoded.
    """
    import pyvips  # only where a thumbnail is made: libvips costs a process some 30 MB

    if page.media_type not in DECODED:
        raise NoThumbnail(f"page {page.identifier} is {page.media_type}, of which no thumbnail is made")
    try:
        with page.image.open("rb") as file:
            image = pyvips.Image.thumbnail_buffer(file.read(), width, height=10 * width)
        content: bytes = image.jpegsave_buffer(Q=80, background=[255, 255, 255], keep="none")
    except (OSError, pyvips.Error) as error:
        raise NoThumbnail(f"page {page.identifier} cannot be decoded: {error}") from error
    return content
