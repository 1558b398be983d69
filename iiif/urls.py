"""Addresses of the app; the site's own configuration mounts them, by default at ``iiif/``."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from iiif.discovery import views as discovery
from iiif.image import views as image
from iiif.presentation import page_views as pages
from iiif.presentation import views as presentation
from iiif.search import views as search

app_name = "iiif"


class NameConverter(StringConverter):
    """An identifier, without the control characters that no database is asked for: PostgreSQL fails at NUL."""

    regex = r"[^/\x00-\x1f\x7f]+"


class VersionConverter(IntConverter):
    """A version of the Content Search API."""

    regex = "[12]"


register_converter(NameConverter, "iiif_name")
register_converter(VersionConverter, "search_version")


def _images(at: str, suffix: str, **version: int) -> list[URLPattern]:
    """The addresses of the image service, in one version of its API."""
    request = "<str:region>/<str:size>/<str:rotation>/<str:quality>.<str:format>"
    return [
        path(f"{at}/<iiif_name:page>", image.base, version, name=f"image{suffix}"),
        path(f"{at}/<iiif_name:page>/info.json", image.info, version, name=f"info{suffix}"),
        path(f"{at}/<iiif_name:page>/{request}", image.image, version, name=f"image-request{suffix}"),
        path(f"{at}/<iiif_name:page>/<path:rest>", image.malformed, version),
    ]


urlpatterns = [
    path("collection/top", presentation.top, name="collection-top"),
    path("collection/<slug:slug>", presentation.collection, name="collection"),
    path("holdings", presentation.holdings, name="holdings"),
    path("unit/<iiif_name:identifier>", presentation.unit, name="unit"),
    path("<iiif_name:identifier>/manifest", presentation.manifest, name="manifest"),
    path("2/<iiif_name:identifier>/manifest", presentation.manifest_2, name="manifest-2"),
    path("<iiif_name:identifier>/pages.pdf", pages.pdf, name="pdf"),
    path("<iiif_name:identifier>/alto.xml", pages.document_alto, name="alto-of"),
    path("<iiif_name:identifier>/text.txt", presentation.text, name="text"),
    path("page/<iiif_name:page>/lines", pages.lines, name="lines"),
    path("page/<iiif_name:page>/lines/2", pages.lines_2, name="lines-2"),
    path("page/<iiif_name:page>/alto.xml", pages.page_alto, name="alto"),
    path(
        "search/<search_version:version>/collection/<slug:slug>/autocomplete",
        search.autocomplete_collection,
        name="autocomplete-collection",
    ),
    path("search/<search_version:version>/collection/<slug:slug>", search.search_collection, name="search-collection"),
    path(
        "search/<search_version:version>/<iiif_name:identifier>/autocomplete",
        search.autocomplete,
        name="autocomplete",
    ),
    path("search/<search_version:version>/<iiif_name:identifier>", search.search, name="search"),
    path("activity/all-changes", discovery.all_changes, name="activity"),
    path("activity/<iiif_name:place>", discovery.page, name="activity-page"),
    *_images("image/2", "-2", version=2),
    *_images("image", ""),
]
