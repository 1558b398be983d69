"""Sitemaps: the addresses of everything that is public, for search engines (sitemaps.org, protocol 0.9).

Each file has the things whose representations have keys in one range, so that a file is one look into an index and
stays what it is while the archive grows.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse

from archive import uris
from archive.lod.changes import FORMAT
from archive.models import Representation
from archive.serving import open_to_all

#: Keys in one range; a file may have 50,000 addresses.
RANGE = 50_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@open_to_all
def index(request: HttpRequest) -> HttpResponse:
    """The index of all files."""
    ends = _public().aggregate(first=Min("pk"), last=Max("pk"))
    numbers = range((ends["first"] or 1) // RANGE, (ends["last"] or 0) // RANGE + 1)
    lines = [f"<sitemap><loc>{uris.to('archive_lod:sitemap', number)}</loc></sitemap>" for number in numbers]
    return _xml("sitemapindex", lines)


@open_to_all
def sitemap(request: HttpRequest, number: int) -> HttpResponse:
    """One file: addresses, and when what is there changed last."""
    if number > 10**12:
        return _xml("urlset", [])
    rows = _public().filter(pk__gte=number * RANGE, pk__lt=(number + 1) * RANGE).order_by("pk")
    lines = [
        f"<url><loc>{escape(uris.served(identifier))}</loc><lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>"
        for identifier, changed in rows.values_list("identifier", "changed_at").iterator()
    ]
    return _xml("urlset", lines)


def _public() -> QuerySet[Representation]:
    return Representation.objects.filter(format=FORMAT, withdrawn=False)


def _xml(name: str, lines: list[str]) -> HttpResponse:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{NAMESPACE}">'
    return HttpResponse("\n".join([head, *lines, f"</{name}>", ""]), content_type="application/xml")
