"""What cannot be used. Each message goes on from the name of the file: "is cut off: …"."""

from __future__ import annotations


class ImageUnusable(Exception):  # noqa: N818 - the name says the outcome
    """No page image can be made of the file."""


class ImageBroken(ImageUnusable):
    """The file is cut off, or is not what its first bytes say."""


class ImageHostile(ImageUnusable):
    """Decoding the file would take more time or memory than any honest scan."""
