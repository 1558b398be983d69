"""What this app adds to the page about the archive: its door. Found by archive.web, if that is installed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from archive import uris
from archive.web.doors import Door, registry


def _doors() -> Iterator[Door]:
    yield Door("OAI-PMH", uris.to("harvest:oai") + "?verb=Identify", _("All records, and what has changed."))


registry.register("harvest", _doors)
