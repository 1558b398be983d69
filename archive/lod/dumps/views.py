"""Views of the dumps, of what describes them, and of the lists of addresses for search engines."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag

from archive.frame import page
from archive.lod.dumps.state import Dump, current, folder, holds_what_was_withdrawn
from archive.negotiation import choose
from archive.serving import TEXT, busy, open_to_all

#: Seconds after which a client may come again, while a dump is written.
PAUSE = 120
DESCRIPTIONS = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/n-triples": "nt",
}


@open_to_all
def dumps(request: HttpRequest) -> HttpResponseBase:
    """The files that there are, for people and, as schema.org's Dataset, for search engines."""
    dump = _given()
    if not isinstance(dump, Dump):
        return dump
    from archive.lod.dumps.describing import address, dataset  # loads the RDF library

    context = {
        "dump": dump,
        "files": [(each, address(each)) for each in dump.files],
        "changes": [(each, address(each)) for each in reversed(dump.changes)],
        "dataset": dataset(dump),
    }
    return page(request, "archive_lod/dumps.html", context)


@open_to_all
def dump_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file, with its checksum as the ETag."""
    dump, root = _given(), folder()
    if not isinstance(dump, Dump) or root is None:
        return dump if isinstance(dump, HttpResponse) else _nothing()
    if name.endswith(".sha256"):
        sums = "".join(f"{each.sha256}  {each.name}\n" for each in dump.all_files)
        return HttpResponse(sums, content_type=TEXT)
    file = next((each for each in dump.all_files if each.name == name), None)
    if file is None or not (root / name).is_file():
        return _nothing()
    etag, changed = quote_etag(file.sha256), int(dump.written_at.timestamp())
    if known := get_conditional_response(request, etag, changed):
        return known
    response = FileResponse((root / name).open("rb"), content_type="application/gzip", filename=name)
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    response["Cache-Control"] = "no-cache"
    return response


@open_to_all
def void(request: HttpRequest) -> HttpResponseBase:
    """The dataset in VoID (section 7.2)."""
    return _description(request, "void")


@open_to_all
def catalog(request: HttpRequest) -> HttpResponseBase:
    """The dataset in DCAT-AP."""
    return _description(request, "catalog")


def _description(request: HttpRequest, name: str) -> HttpResponseBase:
    root = folder()
    media_type = choose(request.headers.get("Accept", ""), list(DESCRIPTIONS))
    if media_type is None:
        # For people, whose browsers accept only pages.
        html = choose(request.headers.get("Accept", ""), ["text/html"])
        if html is None:
            return HttpResponse("".join(f"{each}\n" for each in DESCRIPTIONS), content_type=TEXT, status=406)
        media_type = "text/turtle"
    path = root / f"{name}.{DESCRIPTIONS[media_type]}" if root else Path()
    if root is None or not path.is_file():
        return _nothing()
    content_type = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    response = HttpResponse(path.read_bytes(), content_type=content_type)
    patch_vary_headers(response, ["Accept"])
    return response


def _given() -> Dump | HttpResponse:
    """The dump, unless it must not be given away any more, or there is none."""
    dump = current()
    if dump is None:
        return _nothing()
    if holds_what_was_withdrawn(dump):
        return busy("Something was withdrawn; the dump is written anew.\n", after=PAUSE)
    return dump


def _nothing() -> HttpResponse:
    return HttpResponse("There is no such file here.\n", content_type=TEXT, status=404)
