"""About: what the archive holds, under which licence, how it can be harvested, and what can be taken as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive import uris
from archive.conf import conf
from archive.models import Agent, Collection, Concept, Document, Place
from archive.naming import publicly_named
from archive.web.doors import Door, registry
from archive.web.queries import for_readers
from archive.web.responses import page

if TYPE_CHECKING:
    from archive.lod.dumps.state import Dump


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The archive, described for people from the same source as the dataset is for programs."""
    dump = _dump()
    context = {
        "institution": conf().INSTITUTION,
        "email": conf().ADMIN_EMAIL,
        "licence": conf().METADATA_RIGHTS,
        "figures": list(_figures()),
        "doors": list(registry),
        "dump": dump,
        "dataset": _dataset(dump) if dump else None,
        "queries": for_readers(),
    }
    return page(request, "archive_web/about.html", context)


def _figures() -> Iterator[tuple[Any, int]]:
    """How many of each kind of thing are public, by the rules by which they are shown."""
    yield _("Documents"), Document.objects.public().count()
    yield _("People and offices"), publicly_named(Agent.objects.current()).count()
    yield _("Places"), publicly_named(Place.objects.current()).count()
    yield _("Subjects and kinds"), publicly_named(Concept.objects.current()).count()
    yield _("Collections"), Collection.objects.public().count()


def _dump() -> Dump | None:
    """The files of the whole, where there are any that may be given away."""
    if not apps.is_installed("archive.lod"):
        return None
    from archive.lod.dumps.state import current, holds_what_was_withdrawn  # the app can be left out

    dump = current()
    return dump if dump is not None and not holds_what_was_withdrawn(dump) else None


def _dataset(dump: Dump) -> dict[str, Any]:
    from archive.lod.dumps.describing import dataset  # loads the RDF library

    return dataset(dump)


def _doors_of_pages() -> Iterator[Door]:
    yield Door("Atom", uris.to("archive_web:feed"), _("Documents published last; with ?q= those that a search finds."))


def _doors_of_lod() -> Iterator[Door]:
    if not apps.is_installed("archive.lod"):
        return
    yield Door("VoID", uris.to("archive_lod:void"), _("The dataset, described."))
    yield Door("DCAT", uris.to("archive_lod:catalog"), _("The same as a catalogue, for portals of data."))
    yield Door(
        "OpenRefine", uris.to("archive_lod:reconcile"), _("Matches names of others with people, places and subjects.")
    )
    yield Door("Sitemap", uris.to("archive_lod:sitemaps"), _("Every public address, for search engines."))
    if conf().SPARQL_STORE:
        yield Door("SPARQL", uris.to("archive_lod:sparql"), _("Questions to everything that is public, as a graph."))


def _doors_of_api() -> Iterator[Door]:
    if apps.is_installed("archive.api"):
        yield Door("API", uris.to("archive_api:root"), _("Documents and collections as JSON, with a schema (OpenAPI)."))


# These apps stand below the pages or beside them, and cannot register by themselves.
registry.register("pages", _doors_of_pages)
registry.register("lod", _doors_of_lod)
registry.register("api", _doors_of_api)
