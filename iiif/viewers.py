"""Viewers that can stand on the page of a document; FONDS["VIEWER"] names the one that does.

Mirador comes with the plugin. The others are files that a site puts below ``iiif/vendor/`` in its static files, as npm
brings them; none of them is shipped, TIFY because it is under the AGPL. Each has an adapter of a screen in
``iiif/viewers/``, which opens it and shows the line that the reader is at.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.staticfiles import finders
from django.templatetags.static import static


@dataclass(frozen=True, slots=True)
class Viewer:
    """A viewer: its files, in the order in which a page needs them, and the adapter.

    ``module`` is a script that the adapter imports; ``styles_itself`` means that its scripts put styles into the page,
    which the page's policy must then allow.
    """

    adapter: str
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    module: str = ""
    styles_itself: bool = True

    @property
    def files(self) -> tuple[str, ...]:
        """All that must be there."""
        return tuple(filter(None, (*self.scripts, *self.styles, self.module)))


VIEWERS = {
    "mirador": Viewer("iiif/viewers/mirador.js", scripts=("iiif/vendor/mirador/mirador.min.js",)),
    "openseadragon": Viewer(
        "iiif/viewers/openseadragon.js", scripts=("iiif/vendor/openseadragon/openseadragon.min.js",)
    ),
    "tify": Viewer("iiif/viewers/tify.js", styles=("iiif/vendor/tify/tify.css",), module="iiif/vendor/tify/tify.js"),
    "universalviewer": Viewer(
        "iiif/viewers/universalviewer.js",
        scripts=("iiif/vendor/universalviewer/umd/UV.js",),
        styles=("iiif/vendor/universalviewer/uv.css",),
    ),
    "clover": Viewer("iiif/viewers/clover.js", scripts=("iiif/vendor/clover/index.umd.js",)),
}


def address(file: str) -> str | None:
    """The address of a static file; None where it is not there, or not yet collected."""
    if finders.find(file) is None:
        return None
    try:
        return static(file)
    except ValueError:  # a manifest storage does not know the file
        return None


def addresses(viewer: Viewer) -> dict[str, str] | None:
    """What the page needs to open a viewer, by the names of its data attributes; None where a file is missing."""
    found = {file: address(file) for file in (*viewer.files, viewer.adapter)}
    if None in found.values():
        return None
    return {
        "scripts": " ".join(f"{found[file]}" for file in viewer.scripts),
        "styles": " ".join(f"{found[file]}" for file in viewer.styles),
        "module": f"{found[viewer.module]}" if viewer.module else "",
        "adapter": f"{found[viewer.adapter]}",
    }
