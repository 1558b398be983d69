"""Sources: the image file of a page, opened at the level of its pyramid that a plan needs.

The storage may be a disk or may be remote; libvips reads only the tiles that it needs from either.
"""

from __future__ import annotations

from typing import IO, Any

import pyvips

from archive.models import Page
from iiif.image.plans import Plan
from iiif.image.reading import opened, path_of

# What was opened for one request is of no use to the next, and a tile is too small for several threads.
pyvips.cache_set_max(0)
pyvips.vips_lib.vips_concurrency_set(1)


def cut_out(page: Page, plan: Plan) -> Any:
    """The box of the plan as a libvips image, at the smallest level that is no smaller than the plan's size."""
    image = _level(page, plan.depth)
    there = plan.box_on(image.width, image.height, of=(page.width, page.height))
    return image.crop(there.x, there.y, there.width, there.height)


def _level(page: Page, depth: int) -> Any:
    """The deepest level down to ``depth`` that the file has; level 0 is the page itself."""
    full = _opened(page)
    if not depth:
        return full
    levels = full.get("n-pages") if full.get_typeof("n-pages") else 1
    for level in range(min(depth, levels - 1), 0, -1):
        image = _opened(page, level)
        # The pages of a TIFF that is no pyramid are not half as large as those before them.
        if abs(image.width - full.width / 2**level) <= 1:
            return image
    return full


def _opened(page: Page, level: int = 0) -> Any:
    storage, name = page.image.storage, str(page.image.name)
    # Only formats of several pages know the option.
    options = {"page": level} if level else {}
    path = path_of(storage, name)
    if path is not None:
        return pyvips.Image.new_from_file(path, **options)
    return pyvips.Image.new_from_source(_remote(opened(storage, name)), "", **options)


def _remote(file: IO[bytes]) -> Any:
    """A libvips source over a file of a remote storage."""

    def seek(offset: int, whence: int) -> int:
        file.seek(offset, whence)
        return file.tell()

    source = pyvips.SourceCustom()
    source.on_read(file.read)
    source.on_seek(seek)
    return source
