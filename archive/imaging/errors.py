"""What cannot be used. Each message goes on from the name of the file: "is cut off: …".

It is in an archivist's words. What a library said goes to the log with ``told``: it tells programmers what failed
inside of it, and an archivist nothing.
"""

from __future__ import annotations

import logging

logger = logging.getLogger(__name__)


class ImageUnusable(Exception):  # noqa: N818 - the name says the outcome
    """No page image can be made of the file; ``said`` is what the library said of it, where one did."""

    def __init__(self, reason: str, *, said: object = "") -> None:
        super().__init__(reason)
        self.said = "; ".join(line.strip() for line in str(said).splitlines() if line.strip())


class ImageBroken(ImageUnusable):
    """The file is cut off, or is not what its first bytes say."""


class ImageHostile(ImageUnusable):
    """Decoding the file would take more time or memory than any honest scan."""


def told(name: str, error: ImageUnusable) -> str:
    """The reason as a sentence about the file of this name; what the library said is logged beside it."""
    if error.said:
        logger.warning("%s %s The library says: %s", name, error, error.said)
    return f"{name} {error}"
