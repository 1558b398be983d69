"""What this app adds to the page of a document: links to its records. Found by archive.web, if that is installed."""

from __future__ import annotations

from urllib.parse import urlencode

from archive import uris
from archive.description import Description
from archive.web.panels import Link, PanelView, registry
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


registry.register(RecordsPanel())
