"""Headers: what an image file says of itself, read without decoding a pixel."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from archive.imaging.errors import ImageBroken, ImageHostile

#: Bytes of a file's beginning that ``media_type_of`` looks at.
MARK = 12
JP2 = "image/jp2"
TIFF = "image/tiff"
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"\x00\x00\x00\x0cjP  \r\n", JP2),
    (b"\xff\x4f\xff\x51", JP2),
)
_NAMES = {
    "image/jpeg": "a JPEG",
    "image/png": "a PNG",
    "image/webp": "a WebP",
    TIFF: "a TIFF",
    JP2: "a JPEG 2000",
}
_DAMAGED = "cannot be decoded: it begins as {} does, and is damaged or cut off after that. Save or copy it again."
#: The tags with the starts and the lengths of a TIFF's strips, and of its tiles (TIFF 6.0, sections 8 and 15).
_PIECES = ((273, 279), (324, 325))
#: The version of a TIFF whose addresses have eight bytes; its header is longer.
_BIG = frozenset({43})
#: Dots per inch that programs write where they know nothing.
SCREEN = 72
#: Most pixels of one image. A broadsheet at 600 dots per inch has 300 million.
PIXELS = 400_000_000
#: The same for JPEG 2000, which is decoded in memory as a whole.
PIXELS_JP2 = 150_000_000
#: Most images in one file.
IMAGES = 2000


@dataclass(frozen=True, slots=True)
class Extent:
    """One image of a file: its place within it, from 0, and its pixels once it stands upright.

    ``resolution`` is in dots per inch, 0 where the file tells none.
    """

    place: int
    width: int
    height: int
    resolution: float = 0


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself."""

    media_type: str
    extents: tuple[Extent, ...]


def media_type_of(head: bytes) -> str:
    """What kind of image begins with these bytes, at least ``MARK`` of them; empty for what is none."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for mark, media_type in _MARKS if head.startswith(mark)), "")


def header_of(opening: Callable[[], BinaryIO]) -> Header:
    """What the file that ``opening`` opens holds; the levels of a pyramid count as one image.

    :raises ImageHostile: more images, or one of more pixels, than any honest scan has.
    :raises ImageBroken: it is no image that we can read.
    """
    with opening() as file:
        media_type = media_type_of(file.read(MARK))
    if not media_type:
        raise ImageBroken("is no JPEG, PNG, TIFF, JPEG 2000 or WebP.")
    extents = _of_jp2(opening) if media_type == JP2 else _of_others(opening, media_type)
    for extent in extents:
        _check(extent, limit=PIXELS_JP2 if media_type == JP2 else PIXELS)
    return Header(media_type, extents[:1] if _is_pyramid(extents) else extents)


def _check(extent: Extent, *, limit: int) -> None:
    if extent.width * extent.height > limit:
        raise ImageHostile(
            f"holds an image of {extent.width:,} × {extent.height:,} pixels; we take at most {limit:,} in all. "
            "If it is an honest scan, save it smaller or in parts, and hand it in again."
        )


def _is_pyramid(extents: tuple[Extent, ...]) -> bool:
    """Whether each image is half as large as the one before."""
    return all(
        abs(each.width * 2**each.place - extents[0].width) <= 2**each.place
        and abs(each.height * 2**each.place - extents[0].height) <= 2**each.place
        for each in extents[1:]
    )


def _check_whole(opening: Callable[[], BinaryIO]) -> None:
    """Let a TIFF pass that is as long as its directories say: libvips fills up with grey what is cut off.

    :raises ImageBroken: it is not.
    """
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    with opening() as file:
        size = file.seek(0, 2)
        file.seek(0)
        head = file.read(8)
        directory = ImageFileDirectory_v2(head + file.read(8) if head[2] in _BIG or head[3] in _BIG else head)
        for _ in range(IMAGES):
            if not directory.next:
                return
            file.seek(directory.next)
            directory.load(file)
            for starts, lengths in _PIECES:
                ends = map(sum, zip(directory.get(starts, ()), directory.get(lengths, ()), strict=False))
                if max(ends, default=0) > size:
                    raise ImageBroken(f"is cut off: it has {size:,} bytes, and should have more. Copy it again.")


def _of_others(opening: Callable[[], BinaryIO], media_type: str) -> tuple[Extent, ...]:
    import pyvips

    try:
        if media_type == TIFF:
            _check_whole(opening)
        first = _opened(opening, {})
        images = first.get("n-pages") if media_type == TIFF and first.get_typeof("n-pages") else 1
        if images > IMAGES:
            raise ImageHostile(f"holds {images:,} images; we take at most {IMAGES:,} in one file. Split it.")
        rest = (_opened(opening, {"page": place}) for place in range(1, images))
        return tuple(_extent(place, image) for place, image in enumerate((first, *rest)))
    except (pyvips.Error, OSError, SyntaxError, ValueError, TypeError, KeyError, struct.error) as error:
        raise ImageBroken(_DAMAGED.format(_NAMES[media_type]), said=error) from error


def _extent(place: int, image: Any) -> Extent:
    turned = image.get_typeof("orientation") and image.get("orientation") in range(5, 9)
    width, height = (image.height, image.width) if turned else (image.width, image.height)
    resolution = round(image.xres * 25.4, 2)
    return Extent(place, width, height, resolution if resolution > SCREEN else 0)


def _opened(opening: Callable[[], BinaryIO], options: dict[str, int]) -> Any:
    import pyvips

    file = opening()

    def seek(offset: int, whence: int) -> int:
        return file.seek(offset, whence)

    source = pyvips.SourceCustom()
    source.on_read(file.read)
    source.on_seek(seek)
    return pyvips.Image.new_from_source(source, "", **options)


def _of_jp2(opening: Callable[[], BinaryIO]) -> tuple[Extent, ...]:
    from PIL import Image, UnidentifiedImageError

    try:
        with opening() as file, Image.open(file, formats=("JPEG2000",)) as image:
            return (Extent(0, image.width, image.height, round(float(image.info.get("dpi", (0, 0))[0]), 2)),)
    except Image.DecompressionBombError as error:
        raise ImageHostile(f"holds an image of more than {PIXELS_JP2:,} pixels; we take at most as many.") from error
    except UnidentifiedImageError as error:
        raise ImageBroken("cannot be decoded: its header is damaged. Save or copy it again.", said=error) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ImageBroken(_DAMAGED.format(_NAMES[JP2]), said=error) from error
