"""Pyramids: from an image as it was handed in to the image that the archive serves.

A tiled, pyramidal TIFF, upright, in sRGB or in grey: a tile of it costs the same at any zoom. What was handed in is
kept beside it, unchanged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archive.imaging.errors import ImageBroken
from archive.imaging.headers import JP2

#: Raised when the same original would give another image.
VERSION = "1"
MEDIA_TYPE = "image/tiff"
#: Below 90 libvips stores YCbCr, so that a tile can be handed out as it stands.
QUALITY = 88
TILE = 256
_PAPER = [255, 255, 255]
_DAMAGED = "is cut off or damaged: it can be read in part, and not to its end. Scan or copy it again."
#: What libvips says where the fault is with what it writes.
_UNWRITTEN = "write error"


def pyramid(original: Path, media_type: str, *, place: int = 0, to: Path) -> tuple[int, int]:
    """Make the pyramid of one image of a file; return its width and height in pixels.

    The header is for the caller to check first; see ``headers``.

    :raises ImageBroken: the image is cut off or damaged.
    :raises OSError: the pyramid cannot be written.
    """
    import pyvips

    try:
        image = _of_jp2(original) if media_type == JP2 else _opened(original, place)
        return save(image, bitonal=_bitonal(image), to=to)
    except pyvips.Error as error:
        to.unlink(missing_ok=True)
        if _UNWRITTEN in str(error):  # a full disk is no fault of the image
            raise OSError(f"{to} cannot be written: {error}") from error
        raise ImageBroken(_DAMAGED, said=error) from error


def pyramid_of_pixels(pixels: bytes, width: int, height: int, *, bands: int, to: Path) -> None:
    """Make the pyramid of pixels that are decoded already, one byte for each of the bands."""
    import pyvips

    image = pyvips.Image.new_from_memory(pixels, width, height, bands, "uchar")
    save(image.copy(interpretation="srgb" if bands == 3 else "b-w"), bitonal=False, to=to)


def save(image: Any, *, bitonal: bool, to: Path) -> tuple[int, int]:
    """Write an image as a pyramid.

    Black and white without a shade is kept without loss, which for them is the smallest too; as grey, because
    letters of one bit cannot be made smaller and stay letters.
    """
    image = _plain(image)
    compression = {"compression": "deflate"} if bitonal else {"compression": "jpeg", "Q": QUALITY}
    image.tiffsave(str(to), tile=True, tile_width=TILE, tile_height=TILE, pyramid=True, keep="none", **compression)
    return image.width, image.height


def _opened(original: Path, place: int) -> Any:
    import pyvips

    # Only formats of several images know the option.
    options = {"page": place} if place else {}
    image = pyvips.Image.new_from_file(str(original), access="sequential", fail_on="truncated", **options)
    if image.get_typeof("orientation") and image.get("orientation") > 1:
        # Turning needs the rows in another order than the file has them.
        image = pyvips.Image.new_from_file(str(original), fail_on="truncated", **options).autorot()
    return image


def _of_jp2(original: Path) -> Any:
    """JPEG 2000 by Pillow: libvips as it comes in the wheel does not read it."""
    import pyvips
    from PIL import Image

    try:
        with Image.open(original, formats=("JPEG2000",)) as image:
            image.load()
            grey = image.mode in {"L", "LA", "1", "I;16", "I"}
            decoded = image.convert("L" if grey else "RGB")
    except (OSError, ValueError, SyntaxError) as error:
        raise ImageBroken(_DAMAGED, said=error) from error
    bands = 1 if grey else 3
    made = pyvips.Image.new_from_memory(decoded.tobytes(), decoded.width, decoded.height, bands, "uchar")
    return made.copy(interpretation="b-w" if grey else "srgb")


def _bitonal(image: Any) -> bool:
    return bool(image.get_typeof("bits-per-sample")) and image.get("bits-per-sample") == 1


def _plain(image: Any) -> Any:
    """The image in sRGB or in grey, eight bits a band, on white where it is transparent."""
    if image.hasalpha():
        image = image.flatten(background=_PAPER[: image.bands - 1] if image.bands > 2 else [255])
    grey = image.bands < 3
    if image.get_typeof("icc-profile-data") and not grey:
        image = _by_profile(image)
    if image.interpretation != ("b-w" if grey else "srgb"):
        image = image.colourspace("b-w" if grey else "srgb")
    return image.cast("uchar")


def _by_profile(image: Any) -> Any:
    """The colours as the profile in the file means them; as they stand where it is damaged."""
    import pyvips

    try:
        return image.icc_transform("srgb", embedded=True, intent="relative")
    except pyvips.Error:
        return image
