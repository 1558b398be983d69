"""Making: the bytes of the image that a plan asks for, some at a time.

Viewers ask for a dozen tiles at once, so a request waits for its place; only where none comes free in time is it sent
away.
"""

from __future__ import annotations

from archive.conf import conf
from archive.load import NoPlaceError, Places
from archive.models import Page
from iiif.image.errors import Busy
from iiif.image.plans import Plan
from iiif.image.stored_tiles import stored_tile

#: Seconds that a request waits for a place.
PATIENCE = 10

_images = Places()


def made(page: Page, plan: Plan) -> bytes:
    """The image.

    :raises Busy: where IMAGES_AT_ONCE others are in work, and none is done in time.
    """
    tile = stored_tile(page, plan)
    if tile is not None:
        return tile
    try:
        with _images.one(of=conf().IMAGES_AT_ONCE, patience=PATIENCE):
            return _made(page, plan)
    except NoPlaceError:
        raise Busy("The image service has as much to do as it can.") from None


def _made(page: Page, plan: Plan) -> bytes:
    # The image libraries are loaded where an image is first made. Pillow need not be in a process that makes none, and
    # libvips starts threads, which do not live through a fork.
    from iiif.image.stitching import stitched

    if image := stitched(page, plan):
        return image
    from iiif.image.derivation import derive

    return derive(page, plan)
