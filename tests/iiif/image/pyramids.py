"""Pages as accession stores them: tiled pyramids of JPEG."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyvips
from django.core.files.base import ContentFile

from archive.imaging import pyramids
from archive.models import Document, Page
from archive.models.page import private_storage


def painted(width: int, height: int, *, grey: bool = False) -> pyvips.Image:
    """An image that is nowhere the same: its colours say where a pixel lies."""
    across, down = pyvips.Image.xyz(width, height).bandsplit()
    bands = [across * 255 / width, down * 255 / height, ((across / 40).floor() + (down / 40).floor()) % 2 * 120 + 60]
    image = bands[0].bandjoin(bands[1:]).cast("uchar").copy(interpretation="srgb")
    return image.colourspace("b-w") if grey else image


@cache
def a_pyramid(width: int = 1300, height: int = 900, *, grey: bool = False, bitonal: bool = False) -> bytes:
    """The file."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "page.tif"
        pyramids.save(painted(width, height, grey=grey), bitonal=bitonal, to=made)
        return made.read_bytes()


def a_public_page(content: bytes, width: int = 1300, height: int = 900, *, identifier: str = "scan.s1") -> Page:
    """A page of a public document with this file."""
    checksum = hashlib.sha256(content).hexdigest()
    document = Document.objects.create(title="A scan", state="published", published_at="2026-01-01T00:00:00Z")
    return Page.objects.create(
        document=document, identifier=identifier, kind="scan", width=width, height=height, sha256=checksum,
        media_type="image/tiff", image=private_storage().save(f"scans/{checksum}.tif", ContentFile(content)),
    )  # fmt: skip
