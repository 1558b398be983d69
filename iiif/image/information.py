"""Image information: what info.json says of a page (Image API 3 and 2.1, section 5)."""

from __future__ import annotations

import math
from typing import Any

from archive.imaging.pyramids import TILE
from archive.models import Page
from iiif.image.parameters import FORMATS, QUALITIES

CONTEXT = {2: "http://iiif.io/api/image/2/context.json", 3: "http://iiif.io/api/image/3/context.json"}
LEVEL = {2: "http://iiif.io/api/image/2/level2.json", 3: "http://iiif.io/api/image/3/level2.json"}
PROTOCOL = "http://iiif.io/api/image"

#: Beyond level 2.
FEATURES = {
    2: ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "regionSquare", "rotationArbitrary", "sizeAboveFull"],
    3: ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary", "sizeUpscaling"],
}


def information(page: Page, address: str, *, limit: int, version: int = 3) -> dict[str, Any]:
    """The document, for a page whose service has this address; ``limit`` as in ``plans``."""
    return _information_2(page, address, limit) if version == 2 else _information_3(page, address, limit)


def _information_3(page: Page, address: str, limit: int) -> dict[str, Any]:
    return {
        "@context": CONTEXT[3],
        "id": address,
        "type": "ImageService3",
        "protocol": PROTOCOL,
        "profile": "level2",
        **_extent(page, limit),
        "maxArea": limit,
        "extraFormats": sorted(FORMATS.keys() - {"jpg", "png"}),
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFeatures": FEATURES[3],
    }


def _information_2(page: Page, address: str, limit: int) -> dict[str, Any]:
    further = {
        "formats": sorted(FORMATS),
        "qualities": list(QUALITIES),
        "supports": FEATURES[2],
        "maxArea": limit,
    }
    return {
        "@context": CONTEXT[2],
        "@id": address,
        "protocol": PROTOCOL,
        **_extent(page, limit),
        "profile": [LEVEL[2], further],
    }


def _extent(page: Page, limit: int) -> dict[str, Any]:
    """How large it is, and in which pieces and sizes it is quickly had."""
    tile = min(TILE, math.isqrt(limit))
    factors = _scale_factors(page, tile)
    sizes = [{"width": math.ceil(page.width / factor), "height": math.ceil(page.height / factor)} for factor in factors]
    return {
        "width": page.width,
        "height": page.height,
        "sizes": [size for size in reversed(sizes) if size["width"] * size["height"] <= limit],
        "tiles": [{"width": tile, "height": tile, "scaleFactors": factors}],
    }


def _scale_factors(page: Page, tile: int) -> list[int]:
    """1, 2, 4 and so on, until the whole page is one tile."""
    halvings = max(0, math.ceil(math.log2(max(page.width, page.height) / tile)))
    return [2**n for n in range(halvings + 1)]
