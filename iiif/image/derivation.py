"""Derivation: carry out a plan and return the bytes of an image file.

In the order of section 4.6: region, size, mirroring, rotation, quality, format.
"""

from __future__ import annotations

from typing import Any, cast

from archive.models import Page
from iiif.image.parameters import Rotation
from iiif.image.plans import JPEG_QUALITY, Plan
from iiif.image.sources import cut_out

WHITE = [255, 255, 255]


def derive(page: Page, plan: Plan) -> bytes:
    """The image that the plan asks for."""
    image = cut_out(page, plan)
    if (image.width, image.height) != (plan.width, plan.height):
        image = image.thumbnail_image(plan.width, height=plan.height, size="force")
    image = _turned(_in_colour(image), plan.rotation)
    return _encoded(_reduced(image, plan.quality), plan)


def _in_colour(image: Any) -> Any:
    """Eight bits in sRGB, or in grey, whatever the file has."""
    if image.format == "uchar" and image.interpretation in {"srgb", "b-w"}:
        return image  # each further operation takes a tenth of a millisecond, also where it does nothing
    space = "b-w" if image.interpretation in {"b-w", "grey16"} else "srgb"
    return image.colourspace(space).cast("uchar")


def _turned(image: Any, rotation: Rotation) -> Any:
    """Mirrored and turned clockwise; the corners of a slanted image are transparent."""
    if rotation.mirrored:
        image = image.fliphor()
    if not rotation.degrees:
        return image
    if rotation.degrees % 90 == 0:
        return image.rot(f"d{rotation.degrees:.0f}")
    if not image.hasalpha():
        image = image.bandjoin(255)
    # Colours are weighted by their opacity while they are mixed, or the slanted edges would be dark.
    return image.premultiply().rotate(rotation.degrees).unpremultiply().cast("uchar")


def _reduced(image: Any, quality: str) -> Any:
    if quality == "default":
        return image
    grey = image.colourspace("b-w")
    if quality == "gray":
        return grey
    bitonal = (grey[0] > 127).copy(interpretation="b-w")
    return bitonal.bandjoin(grey[1]) if grey.hasalpha() else bitonal


def _encoded(image: Any, plan: Plan) -> bytes:
    """The file, without metadata: that of the source tells of the source."""
    if plan.format == "png":
        return cast(bytes, image.pngsave_buffer(compression=6, keep="none"))
    if plan.format == "webp":
        return cast(bytes, image.webpsave_buffer(Q=80, keep="none"))
    if image.hasalpha():
        image = image.flatten(background=WHITE[: image.bands - 1])
    return cast(bytes, image.jpegsave_buffer(Q=JPEG_QUALITY, keep="none"))
