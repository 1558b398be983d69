"""Plans: what a request comes to on a page of a given extent. No image is opened here."""

from __future__ import annotations

import math
from dataclasses import dataclass

from iiif.image.errors import ImageRefused
from iiif.image.parameters import ImageRequest, Region, Rotation, Size

#: Part of the ETag: raise when the same plan comes to give other bytes.
VERSION = 3

#: Of the JPEGs that are made.
JPEG_QUALITY = 80
#: Longest side that the formats, or the libraries that write them, can hold.
LONGEST_SIDE = {"jpg": 65_500, "png": 1_000_000, "webp": 16_383}


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the page, in pixels, wholly within it."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Cut out ``box``, scale it to ``width`` × ``height``, then mirror, turn, reduce colours and encode."""

    box: Box
    width: int
    height: int
    rotation: Rotation
    quality: str
    format: str
    #: Region, size, rotation, quality and format in the one form that all equal requests share (section 4.7).
    canonical: str

    @property
    def as_stored(self) -> bool:
        """Whether it asks for nothing but a part of the page at some size, in the format of what is stored."""
        return self.format == "jpg" and self.quality == "default" and str(self.rotation) == "0"

    @property
    def depth(self) -> int:
        """How often the page can be halved and still be large enough."""
        ratio = min(self.box.width / self.width, self.box.height / self.height)
        return max(0, math.floor(math.log2(ratio)))

    def box_on(self, width: int, height: int, *, of: tuple[int, int]) -> Box:
        """Where the box is on an image of the page that is ``width`` × ``height``; ``of`` is the extent of the page."""
        across, down = width / of[0], height / of[1]
        x = min(width - 1, math.floor(self.box.x * across))
        y = min(height - 1, math.floor(self.box.y * down))
        return Box(
            x,
            y,
            max(1, min(width - x, round(self.box.width * across))),
            max(1, min(height - y, round(self.box.height * down))),
        )


def plan(request: ImageRequest, *, width: int, height: int, limit: int) -> Plan:
    """What to do for a request on a page of ``width`` × ``height`` pixels, with at most ``limit`` pixels of output.

    :raises ImageRefused: where the region lies outside, or the size is too large or too small.
    """
    box = _box(request.region, width, height)
    size = _scaled(request.size, box, limit)
    _check(size, box, request, limit)
    quality = "default" if request.quality == "color" else request.quality
    region = "full" if (box.width, box.height) == (width, height) else f"{box.x},{box.y},{box.width},{box.height}"
    canonical = f"{region}/{_canonical_size(size, box, limit, request)}/{request.rotation}/{quality}.{request.format}"
    return Plan(box, *size, request.rotation, quality, request.format, canonical)


def _box(region: Region, width: int, height: int) -> Box:
    """The region in pixels, cropped at the edges of the page (section 4.1)."""
    if region.kind == "full":
        return Box(0, 0, width, height)
    if region.kind == "square":
        side = min(width, height)
        return Box((width - side) // 2, (height - side) // 2, side, side)
    across, down = (width / 100, height / 100) if region.kind == "pct" else (1, 1)
    x, y = round(region.x * across), round(region.y * down)
    right = min(width, round((region.x + region.width) * across))
    bottom = min(height, round((region.y + region.height) * down))
    if right <= x or bottom <= y:
        raise ImageRefused(f"The region has no pixel of this image, which has {width} × {height}.")
    return Box(x, y, right - x, bottom - y)


def _scaled(size: Size, box: Box, limit: int) -> tuple[int, int]:
    """The width and height that are asked for (section 4.2)."""
    if size.kind == "max":
        return _largest(box, limit, upscale=size.upscale)
    if size.kind == "pct":
        return round(box.width * size.percent / 100), round(box.height * size.percent / 100)
    if size.kind == "fit":
        return _fitted(size, box, limit)
    if not size.height:
        return size.width, max(1, round(box.height * size.width / box.width))
    if not size.width:
        return max(1, round(box.width * size.height / box.height)), size.height
    return size.width, size.height


def _largest(box: Box, limit: int, *, upscale: bool = False) -> tuple[int, int]:
    """The box at its own size, or as large as the limit lets it be."""
    scale = math.sqrt(limit / (box.width * box.height))
    if not upscale and scale >= 1:
        return box.width, box.height
    return max(1, math.floor(box.width * scale)), max(1, math.floor(box.height * scale))


def _fitted(size: Size, box: Box, limit: int) -> tuple[int, int]:
    """As large as fits into the size asked for, the limit, and the box itself unless it may be scaled up."""
    width, height = _largest(box, limit, upscale=size.upscale)
    scale = min(size.width / box.width, size.height / box.height)
    return min(width, max(1, round(box.width * scale))), min(height, max(1, round(box.height * scale)))


def _check(size: tuple[int, int], box: Box, request: ImageRequest, limit: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise ImageRefused("The image would be smaller than one pixel.")
    if not request.size.upscale and (width > box.width or height > box.height):
        raise ImageRefused(
            f"{width} × {height} is larger than the region, which has {box.width} × {box.height} pixels; "
            "put ^ before the size to have it scaled up."
        )
    if width * height > limit:
        raise ImageRefused(f"{width} × {height} pixels are over the limit of {limit} in all.")
    if math.hypot(width, height) > LONGEST_SIDE[request.format]:
        raise ImageRefused(f"{width} × {height} is longer than a {request.format} can be.")


def _canonical_size(size: tuple[int, int], box: Box, limit: int, request: ImageRequest) -> str:
    width, height = size
    if request.version == 2:
        return _canonical_size_2(size, box)
    if size == _largest(box, limit):
        return "max"
    return f"{'^' if width > box.width or height > box.height else ''}{width},{height}"


def _canonical_size_2(size: tuple[int, int], box: Box) -> str:
    """``full``, ``w,`` where the sides keep their ratio, else ``w,h`` (Image API 2.1, section 4.7)."""
    width, height = size
    if size == (box.width, box.height):
        return "full"
    return f"{width}," if height == max(1, round(box.height * width / box.width)) else f"{width},{height}"
