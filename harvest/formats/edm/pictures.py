"""edm:WebResource: the page images, each with the manifest and its image service, as Europeana's IIIF pattern has it.

The order of properties is that of the schema: rights before dcterms:isReferencedBy.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import Description
from harvest.formats.edm.vocabulary import Thing, link, say, thing
from harvest.formats.views import IMAGE_API, View, level_of_images, manifest_of, views_of
from harvest.profiles.rights import EUROPEANA_RIGHTS_URI

TYPESET = "Set from the transcript by the archive; not a scan of the original."


def web_resources(description: Description) -> Iterator[Thing]:
    """One for each page, each but the first after the one before it."""
    manifest, rights = manifest_of(description), _rights(description)
    before: View | None = None
    for view in views_of(description):
        resource = thing("edm:WebResource", view.image)
        if view.page.kind == "typeset":
            say(resource, "dc:description", TYPESET, "en")
        say(resource, "dc:format", "image/jpeg")
        link(resource, "edm:isNextInSequence", before.image if before else "")
        link(resource, "edm:rights", rights.get(view.page.text_key, description.rights_uri))
        link(resource, "dcterms:isReferencedBy", manifest)
        link(resource, "svcs:has_service", view.service)
        yield resource
        before = view


def services(description: Description) -> Iterator[Thing]:
    """The image service of each page."""
    for view in views_of(description):
        service = thing("svcs:Service", view.service)
        link(service, "dcterms:conformsTo", IMAGE_API)
        link(service, "doap:implements", level_of_images())
        yield service


def _rights(description: Description) -> dict[int | None, str]:
    """The licence of each text that has one of its own which Europeana takes."""
    return {
        each.key: each.licence_uri for each in description.texts if EUROPEANA_RIGHTS_URI.fullmatch(each.licence_uri)
    }
