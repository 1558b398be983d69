"""What this app adds to the formats of a document. Found by archive at start-up."""

from __future__ import annotations

from archive.description import Description
from archive.representations import registry
from iiif.presentation.plain_text import plain_text_of


class ManifestRenderer:
    """The IIIF Presentation 3 manifest."""

    format = "manifest"
    media_type = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
    extension = ""

    def render(self, description: Description) -> bytes | None:
        """The manifest, or None for a document of which there is nothing to look at."""
        if not description.pages:
            return None
        # iiif-prezi3 costs a process 660 ms and 23 MB; only workers render.
        from iiif.presentation.manifest import manifest_of

        return manifest_of(description)


class TextRenderer:
    """The texts of a document, plain."""

    format = "text"
    media_type = "text/plain"
    extension = ""

    def render(self, description: Description) -> bytes | None:
        """The texts, or None for a document of which none is held."""
        if not any(text.body.strip() for text in description.texts):
            return None
        return plain_text_of(description).encode()


registry.register(ManifestRenderer())
registry.register(TextRenderer())
