"""What this app adds to the pages: links to a document's records, and its door. Found by archive.web, if installed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from archive import uris
from archive.description import Description
from archive.web import doors, panels
from archive.web.doors import Door
from archive.web.panels import Link, PanelView
from harvest.formats import OFFERED
from harvest.provider.identifiers import identifier_of


class RecordsPanel:
    """Nothing to look at; a link for each metadata format."""

    name = "oai-pmh records"

    def view(self, description: Description, formats: frozenset[str]) -> PanelView:
        """Links to the records of a document."""
        identifier = identifier_of(description.identifier)
        return PanelView(links=tuple(_link(each.format, identifier) for each in OFFERED if each.format in formats))


def _link(prefix: str, identifier: str) -> Link:
    arguments = urlencode({"verb": "GetRecord", "metadataPrefix": prefix, "identifier": identifier}, safe=":")
    return Link(f"OAI-PMH record, {prefix}", f"{uris.to('harvest:oai')}?{arguments}", "text/xml")


def _doors() -> Iterator[Door]:
    yield Door("OAI-PMH", uris.to("harvest:oai") + "?verb=Identify", _("All records, and what has changed."))


panels.registry.register(RecordsPanel())
doors.registry.register("harvest", _doors)
