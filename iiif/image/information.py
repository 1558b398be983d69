"""Image information: what info.json says of a page (Image API 3, section 5)."""

from __future__ import annotations

import math
from typing import Any

from archive.models import Page
from iiif.image.parameters import FORMATS

CONTEXT = "http://iiif.io/api/image/3/context.json"
LEVEL = "http://iiif.io/api/image/3/level2.json"

#: Side of a tile; stored tiles are half as wide, and larger ones take viewers fewer requests.
TILE = 512

#: Beyond level 2.
FEATURES = ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary", "sizeUpscaling"]


def information(page: Page, address: str, *, limit: int) -> dict[str, Any]:
    """The document, for a page whose service has this address; ``limit`` as in ``plans``."""
    tile = min(TILE, math.isqrt(limit))
    factors = _scale_factors(page, tile)
    sizes = [{"width": math.ceil(page.width / factor), "height": math.ceil(page.height / factor)} for factor in factors]
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": page.width,
        "height": page.height,
        "maxArea": limit,
        "sizes": [size for size in reversed(sizes) if size["width"] * size["height"] <= limit],
        "tiles": [{"width": tile, "height": tile, "scaleFactors": factors}],
        "extraFormats": sorted(FORMATS.keys() - {"jpg", "png"}),
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFeatures": FEATURES,
    }


def _scale_factors(page: Page, tile: int) -> list[int]:
    """1, 2, 4 and so on, until the whole page is one tile."""
    halvings = max(0, math.ceil(math.log2(max(page.width, page.height) / tile)))
    return [2**n for n in range(halvings + 1)]
