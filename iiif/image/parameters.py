"""The parameters of an image request, parsed at the edge: region, size, rotation, quality and format.

Numbers in the comments are sections of the Image API 3.0 and 2.1. Everything that cannot be understood is refused
here; what the page's extent forbids is refused in ``plans``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from iiif.image.errors import ImageRefused, NotOffered

QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
#: Named by the specification (4.5), and not made here.
OTHER_FORMATS = ("gif", "jp2", "pdf", "tif")

# Lengths are bounded, because int() of a very long string is slow.
_WHOLE = r"[0-9]{1,9}"
_DECIMAL = r"(?:[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})"
_REGION = re.compile(rf"(?P<pct>pct:)?(?P<x>{_DECIMAL}),(?P<y>{_DECIMAL}),(?P<w>{_DECIMAL}),(?P<h>{_DECIMAL})")
_SIZE = re.compile(rf"(?P<up>\^)?(?:(?P<max>max)|pct:(?P<pct>{_DECIMAL})|(?P<fit>!)?(?P<w>{_WHOLE})?,(?P<h>{_WHOLE})?)")
_ROTATION = re.compile(rf"(?P<mirrored>!)?(?P<degrees>{_DECIMAL})")

_SIZES = {
    2: "full, max, w, or ,h or w,h or !w,h or pct:n",
    3: "max, w, or ,h or w,h or !w,h or pct:n, or ^ before any",
}


@dataclass(frozen=True, slots=True)
class Region:
    """``kind`` is ``full``, ``square``, ``px`` or ``pct``; the numbers are x, y, width and height (4.1)."""

    kind: str
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """:raises ImageRefused: where it is no region."""
        if text in {"full", "square"}:
            return cls(text)
        found = _REGION.fullmatch(text)
        if not found or (not found["pct"] and "." in text):
            raise ImageRefused(f"{text!r} is no region: write full, square, x,y,w,h or pct:x,y,w,h.")
        region = cls("pct" if found["pct"] else "px", *(float(found[name]) for name in "xywh"))
        if not region.width or not region.height:
            raise ImageRefused(f"The region {text!r} is empty.")
        return region


@dataclass(frozen=True, slots=True)
class Size:
    """``kind`` is ``max``, ``pct``, ``fit`` (``!w,h``) or ``px``, where a side of 0 was left open (4.2).

    Version 2 knows no ``^``: what it asks for by its sides or in percent may be larger than the region.
    """

    kind: str
    upscale: bool = False
    width: int = 0
    height: int = 0
    percent: float = 0

    @classmethod
    def parse(cls, text: str, *, version: int = 3) -> Self:
        """:raises ImageRefused: where it is no size."""
        found = _SIZE.fullmatch("max" if text == "full" and version == 2 else text)
        if not found or (found["up"] and version == 2):
            raise ImageRefused(f"{text!r} is no size: write {_SIZES[version]}.")
        upscale = bool(found["up"]) or (version == 2 and not found["max"] and not found["fit"])
        if found["max"]:
            return cls("max", upscale)
        if found["pct"]:
            return cls("pct", upscale, percent=float(found["pct"]))
        given = [found[side] for side in "wh" if found[side]]
        if len(given) < (2 if found["fit"] else 1):
            raise ImageRefused(f"The size {text!r} lacks a width or a height.")
        if not all(map(int, given)):
            raise ImageRefused(f"The size {text!r} is nothing.")
        return cls("fit" if found["fit"] else "px", upscale, int(found["w"] or 0), int(found["h"] or 0))


@dataclass(frozen=True, slots=True)
class Rotation:
    """Clockwise, in degrees from 0 up to, not including, 360; mirrored before that (4.3)."""

    degrees: float
    mirrored: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """:raises ImageRefused: where it is no rotation."""
        found = _ROTATION.fullmatch(text)
        if not found or float(found["degrees"]) > 360:
            raise ImageRefused(f"{text!r} is no rotation: write a number from 0 to 360, or ! and a number.")
        return cls(float(found["degrees"]) % 360, bool(found["mirrored"]))

    def __str__(self) -> str:
        return f"{'!' if self.mirrored else ''}{self.degrees:.9f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """What is asked of a page."""

    region: Region
    size: Size
    rotation: Rotation
    quality: str
    format: str
    #: Of the Image API.
    version: int = 3

    @classmethod
    def parse(
        cls,
        region: str,
        size: str,
        rotation: str,
        quality: str,
        format: str,  # noqa: A002
        *,
        version: int = 3,
    ) -> Self:
        """The request from the parts of its path, decoded.

        :raises ImageRefused: naming the first part that means nothing.
        :raises NotOffered: for a format that the specification has and this service has not.
        """
        if quality not in QUALITIES:
            raise ImageRefused(f"{quality!r} is no quality: write one of {', '.join(QUALITIES)}.")
        if format in OTHER_FORMATS:
            raise NotOffered(f"Images are not made as {format} here, only as {', '.join(FORMATS)}.")
        if format not in FORMATS:
            raise ImageRefused(f"{format!r} is no format: write one of {', '.join(FORMATS)}.")
        wanted = Size.parse(size, version=version)
        return cls(Region.parse(region), wanted, Rotation.parse(rotation), quality, format, version)
