"""What this app adds to the page of a document: the viewer. Found by archive.web, if that is installed."""

from __future__ import annotations

from archive import uris
from archive.conf import conf
from archive.description import Description
from archive.web.panels import Link, PanelView, registry
from iiif.viewers import VIEWERS, addresses


class ViewerPanel:
    """The viewer on the manifest; where its files are not there, a link to the manifest."""

    name = "iiif viewer"

    def view(self, description: Description, formats: frozenset[str]) -> PanelView | None:
        """The viewer of a document that has a manifest."""
        if "manifest" not in formats:
            return None
        manifest = uris.to("iiif:manifest", description.identifier)
        viewer = VIEWERS[conf().VIEWER]
        files = addresses(viewer)
        return PanelView(
            template="iiif/viewer.html",
            context={"manifest": manifest, "files": files},
            links=(Link("IIIF manifest", manifest, "application/ld+json"),),
            inline_styles=bool(files) and viewer.styles_itself,
        )


registry.register(ViewerPanel())
