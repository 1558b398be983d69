"""Typesetting: page images for documents of which there is no scan, so that no viewer shows a blank.

``manuscripts`` says what is to be set, ``fonts`` with which letters, ``layout`` where each line goes,
``drawing`` makes the image, and ``pages`` holds the verb that stores it all. Only the last two steps need
libraries of some weight, so they are loaded when there is something to set: a web process never needs them.
"""

from archive.typesetting.errors import TypesettingError
from archive.typesetting.pages import outdated, remove_typeset, typeset

__all__ = ["TypesettingError", "outdated", "remove_typeset", "typeset"]
