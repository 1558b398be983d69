"""What this app adds to the page of a document: the viewer. Found by archive.web, if that is installed."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.templatetags.static import static

from archive import uris
from archive.description import Description
from archive.web.panels import Link, PanelView, registry

#: Mirador's one file, copied here by ``make viewer`` and never committed.
MIRADOR = "iiif/vendor/mirador/mirador.min.js"


class ViewerPanel:
    """Mirador on the manifest; where Mirador was not built, a link to the manifest."""

    name = "iiif viewer"

    def view(self, description: Description, formats: frozenset[str]) -> PanelView | None:
        """The viewer of a document that has a manifest."""
        if "manifest" not in formats:
            return None
        manifest = uris.to("iiif:manifest", description.identifier)
        script = mirador()
        return PanelView(
            template="iiif/mirador.html",
            context={"manifest": manifest, "script": script},
            links=(Link("IIIF manifest", manifest, "application/ld+json"),),
            inline_styles=bool(script),  # Mirador writes its styles into the page as it goes
        )


def mirador() -> str | None:
    """The address of Mirador, or None where it was not built, or built and not yet collected."""
    if finders.find(MIRADOR) is None:
        return None
    try:
        return static(MIRADOR)
    except ValueError:  # a manifest storage does not know the file
        return None


registry.register(ViewerPanel())
