"""Imaging: images and PDFs as they were handed in, measured before anything is decoded, and made into page images.

``headers`` says what a file claims to hold, ``pyramids`` makes the images that the archive serves, ``pdf`` does
both for PDFs, in a process of its own. Nothing here knows drafts, documents or Django; what cannot be used is told
by ``errors``. The libraries are loaded when the first image is looked at: libvips starts threads, which do not live
through a fork.
"""

from archive.imaging.errors import ImageBroken, ImageHostile, ImageUnusable, told

__all__ = ["ImageBroken", "ImageHostile", "ImageUnusable", "told"]
