"""What this app adds to the page of a document: the viewer. Found by archive.web, if that is installed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from archive import uris
from archive.conf import conf
from archive.description import Description
from archive.web.doors import Door
from archive.web.doors import registry as doors
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


def _doors() -> Iterator[Door]:
    yield Door("IIIF", uris.to("iiif:collection-top"), _("Page images by collection, for any viewer."))
    yield Door("IIIF Change Discovery", uris.to("iiif:activity"), _("Which manifests are new, changed or gone."))


registry.register(ViewerPanel())
doors.register("iiif", _doors)
