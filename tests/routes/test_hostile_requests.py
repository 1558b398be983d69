"""Requests that no honest client makes are answered, and never by an error of ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from archive.models import Agent, Collection, Contribution, StoredQuery
from tests.archive.search.builders import index_everything
from tests.builders import a_published_document
from tests.routes.test_nothing_leaks import WITHOUT_PAGES

pytestmark = pytest.mark.django_db

PAGES = (
    "/", "/documents/", "/documents.atom",
    "/documents/110692", "/documents/110692.html", "/documents/110692.jsonld", "/agents/known",
    "/agents/", "/places/", "/concepts/", "/units/", "/collections/", "/dates/", "/dates/1950-10",
    "/about/", "/queries/korea", "/queries/korea.atom", "/unapi",
    "/collections/korea", "/healthz", "/context.jsonld", "/sparql", "/reconcile", "/nowhere", "/admin/login/",
    "/api/", "/api/documents/", "/api/documents/110692/", "/api/collections/", "/api/schema/", "/api/docs/",
    "/api/nowhere/",
    "/api/documents/110692/texts/1/", "/api/documents/110692/pages/", "/api/agents/", "/api/agents/known/",
    "/api/places/", "/api/concepts/", "/api/schemes/", "/api/units/", "/api/collections/korea/",
    "/api/accessions/", "/api/accessions/1/", "/api/accessions/1/items/", "/api/accessions/1/report/",
    "/api/accessions/1/undo/", "/api/curation/documents/", "/api/curation/documents/110692/", "/api/curation/agents/",
    "/api/curation/units/", "/api/curation/schemes/",
    "/api/curation/batches/", "/api/curation/publications/", "/api/curation/jobs/1/",
    "/oai", "/iiif/110692/manifest", "/iiif/collection/top", "/iiif/collection/korea", "/iiif/image/110692.1",
    "/iiif/image/110692.1/info.json", "/iiif/image/110692.1/full/9,/0/default.jpg", "/iiif/image/110692.1/nonsense",
    "/iiif/holdings", "/iiif/2/110692/manifest", "/iiif/110692/pages.pdf", "/iiif/110692/text.txt",
    "/iiif/110692/alto.xml", "/iiif/page/110692.1/lines", "/iiif/page/110692.1/lines/2", "/iiif/page/110692.1/alto.xml",
    "/iiif/activity/all-changes", "/iiif/activity/last", "/iiif/search/2/110692", "/iiif/search/1/collection/korea",
    "/iiif/image/2/110692.1/info.json",
)  # fmt: skip

#: In the place of an identifier, a slug or a part of an image request, as it stands in an address.
NAMES = (
    "%00", "a%00b", "%0A", "110692%0A", "%0D%0AX-Injected:1", "%2F", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "..", "%FF",
    "%ED%A0%80", "%F4%90%80%80", "%EF%BF%BF", "%C0%80", "%25", "%", "%7B%7D", "'", '"', "%3Cscript%3E", "-1", "0",
    "9" * 40, "x" * 5000, "%F0%9F%92%A9", "%D9%A1%D9%A2", "110692.1.1", "110692.", ".1", "110692;x=1",
)  # fmt: skip
SLOTS = (
    "/documents/{}", "/documents/{}.ttl", "/documents/110692.{}", "/documents/110692/{}", "/agents/{}",
    "/schemes/{}", "/collections/{}", "/dates/{}", "/dates/1950-{}", "/queries/{}", "/queries/{}.atom",
    "/api/{}/", "/api/documents/{}/", "/api/documents/{}/texts/1/", "/api/documents/110692/texts/{}/",
    "/api/agents/{}/", "/api/units/{}/", "/api/schemes/{}/", "/api/collections/{}/",
    "/api/accessions/{}/", "/api/accessions/{}/report/", "/api/curation/{}/", "/api/curation/documents/{}/",
    "/api/curation/units/{}/", "/api/curation/schemes/{}/",
    "/iiif/{}/manifest", "/iiif/collection/{}", "/iiif/image/{}",
    "/iiif/unit/{}", "/iiif/2/{}/manifest", "/iiif/{}/pages.pdf", "/iiif/{}/text.txt", "/iiif/{}/alto.xml",
    "/iiif/page/{}/lines", "/iiif/page/{}/alto.xml",
    "/iiif/image/2/{}", "/iiif/image/2/110692.1/full/{}/0/default.jpg",
    "/iiif/search/{}/110692", "/iiif/search/2/{}", "/iiif/search/1/{}/autocomplete", "/iiif/search/2/collection/{}",
    "/iiif/activity/{}", "/iiif/activity/before-{}", "/iiif/activity/after-1-{}",
    "/iiif/image/{}/info.json", "/iiif/image/{}/full/9,/0/default.jpg", "/iiif/image/110692.1/{}/9,/0/default.jpg",
    "/iiif/image/110692.1/full/{}/0/default.jpg", "/iiif/image/110692.1/full/9,/{}/default.jpg",
    "/iiif/image/110692.1/full/9,/0/{}.jpg", "/iiif/image/110692.1/full/9,/0/default.{}", "/iiif/image/110692.1/{}",
    "/static/{}", "/{}", "/admin/{}/",
)  # fmt: skip

VALUES = (
    *(each for each in NAMES if not each.startswith("%0D")),
    "", "%20", "%0D%0A", "1e400", "NaN", "true", "null", "[]", "{{}}", "%27%20OR%201=1--", "&%00=%00", "&&==", "1;2",
    "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "bz05OTk5OTk5OTk5OTk5", "cj0xJnA9%2500", "cD0lMDA=", "%C3%A9", "0000-00-00",
    "9999-12-31", "0001-01-01", "10000-01-01", '%22' * 999, "a%20" * 999, "%E5%81%9C" * 999,
)  # fmt: skip
PARAMETERS = {
    "/documents/": ("q", "page", "person", "order", "unknown"),
    "/documents.atom": ("q", "sender", "has"),
    "/documents/110692": ("q", "format", "left=1&right"),
    "/agents/known": ("page", "part", "part=sent&page"),
    "/agents/": ("letter", "after"),
    "/places/": ("box", "box=1,2,3", "after"),
    "/concepts/": ("after",),
    "/dates/1950": ("page",),
    "/collections/korea": ("page",),
    "/api/documents/": (
        "cursor", "page_size", "date_from", "date_to", "language", "original_language", "collection", "format", "x",
        "q", "order", "facets", "fields", "person", "place", "concept", "subject", "type", "unit", "fond", "has",
        "q=x&cursor",
    ),
    "/api/documents/110692/": ("fields",),
    "/api/agents/": ("cursor", "name", "fields"),
    "/api/concepts/": ("name", "scheme"),
    "/api/units/": ("parent", "level"),
    "/api/collections/": ("cursor", "page_size", "format"),
    "/api/accessions/": ("cursor", "page_size", "state", "format"),
    "/api/schema/": ("format", "lang", "version"),
    "/iiif/collection/top": ("after",),
    "/iiif/collection/korea": ("after",),
    "/unapi": ("id", "id=110692&format", "format"),
    "/reconcile": ("queries", "extend", "callback"),
    "/reconcile/suggest/entity": ("prefix", "cursor", "type"),
    "/reconcile/preview": ("id",),
    "/sparql": ("query", "format", "default-graph-uri", "query=ASK{{}}&default-graph-uri", "update", "x"),
    "/iiif/search/2/110692": ("q", "q=the&page", "q=the&motivation", "q=the&x"),
    "/iiif/search/1/collection/korea": ("q", "q=the&page"),
    "/iiif/search/2/110692/autocomplete": ("q", "q=t&min"),
    "/iiif/search/1/collection/top/autocomplete": ("q",),
    "/oai": (
        "verb", "verb=ListRecords&metadataPrefix", "verb=ListRecords&metadataPrefix=oai_dc&set",
        "verb=ListRecords&metadataPrefix=oai_dc&from", "verb=ListRecords&metadataPrefix=oai_dc&until",
        "verb=ListRecords&resumptionToken", "verb=GetRecord&metadataPrefix=oai_dc&identifier",
        "verb=ListMetadataFormats&identifier",
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:&x",
    ),
}  # fmt: skip

#: About as many bytes as a server lets through in a header: gunicorn 8,190.
LONG = 8_000
HEADERS = (
    *({"Content-Type": f"text/plain; charset={each}"} for each in (
        "rot13", "unicode_escape", "utf-16", "utf-7", "idna", "base64", "hex", "undefined",
        "mbcs", "punycode", "\x00", "", "x" * LONG, "utf-8; " * 999,
    )),
    *({"Content-Type": f"text/plain; {each}"} for each in (
        "a*=nothing''x", "charset*=utf-8''rot13", "charset*0=rot;charset*1=13", "a*=rot13''x", "charset*=x",
    )),
    *({"Accept": f"text/html;{each}"} for each in ("a*=nothing''x", "q*=rot13''1", "a*=rot13''x")),
    {"Content-Type": "x" * LONG}, {"Content-Type": "text/plain; a=" + "b;" * (LONG // 2)},
    *({"Accept": each} for each in (
        "a/b," * (LONG // 4), "*" * LONG, "/" * LONG, ";q=" * (LONG // 3), "text/html;q=nan", "text/html;q=1e999", ";",
        ",", "text", "text/html;q=\x00", "application/ld+json;profile=" + '"' * 999, "é", "*/*;q=0", "text/turtle;q=-1",
    )),
    *({"Range": each} for each in ("bytes=0-", "bytes=-1", "bytes=" + "0-1," * 1999, "bytes=9-1", "x")),
    *({"If-None-Match": each} for each in ("*", "W/", '"' * LONG, '"a",' * 1999, "\x00", "é")),
    *({"If-Modified-Since": each} for each in (
        "rubbish", "Thu, 01 Jan 0000 00:00:00 GMT", "Mon, 99 Foo 9999 99:99:99 GMT", "0", "9" * 999,
        "Thu, 01 Jan 9999 00:00:00 GMT", "Thu, 01-Jan-70 00:00:00 GMT",
    )),
    {"If-Match": '"nothing"'}, {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, {"If-Range": "x"},
    {"Accept-Language": "x" * LONG}, {"Accept-Encoding": "*;q=0"}, {"Authorization": "Basic %%%"},
    {"Authorization": "Basic YWRtaW46YWRtaW4="}, {"Authorization": "Token \x00"},
    {"Cookie": "sessionid=%00; csrftoken=" + "x" * LONG},
    {"Cookie": "messages=rubbish; sessionid=../../x"}, {"X-Forwarded-Host": "evil.example.net"},
    {"X-Forwarded-Proto": "https"}, {"Origin": "null"}, {"Referer": "\x00"}, {"X-Http-Method-Override": "DELETE"},
    {"Access-Control-Request-Headers": "x" * LONG}, {"Content-Length": "-1"}, {"Content-Length": "x"},
)  # fmt: skip
METHODS = ("HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get", "X" * 999)


@pytest.fixture(autouse=True)
def index_of_its_own():
    """That of the site below, and not one for each test."""


@pytest.fixture(scope="module")
def published(lasting, tmp_path_factory):
    """A site with one public document."""
    site = {**settings.FONDS, "SEARCH_FOLDER": str(tmp_path_factory.mktemp("search"))}
    with override_settings(FONDS=site):
        document = a_published_document()
        agent = Agent.objects.create(identifier="known", name="Known")
        Contribution.objects.create(document=document, agent=agent, role="sender")
        Collection.objects.create(slug="korea", title="Korea").documents.add(document)
        StoredQuery.objects.create(slug="korea", title="Korea", words="telegram", for_readers=True)
        index_everything()
        yield


@pytest.fixture
def client(client, published):
    """A client to whom errors of ours are answers with status 500."""
    client.raise_request_exception = False
    return client


def sent(client, method: str, address: str, headers: dict[str, str] | None = None, body: bytes = b""):
    """Send a request whose address goes as it is written, percent signs and all."""
    path, _, query = address.partition("?")
    given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()}
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if f"HTTP_{name}" in given:
            given[name] = given.pop(f"HTTP_{name}")
    return client.generic(method, path, body, **{"content_type": "", "QUERY_STRING": query, **given})


def assert_answered(response, *, what: object) -> None:
    assert response.status_code < 500 or response.status_code == 501, what
    assert "X-Injected" not in response, what
    assert "evil.example.net" not in f"{response.headers}", what
    if not response.streaming:
        assert b"evil.example.net" not in response.content, what


def in_thirds(pages: Iterable[str], tried: Sequence[Any]) -> list[Any]:
    """Every page with all that is tried, in thirds: the suite sends each page one, and so each to a third of them."""
    shares = product(enumerate(pages), range(3))
    return [
        pytest.param(page, tried[share::3], marks=[] if share == place % 3 else pytest.mark.soak, id=f"{page} {share}")
        for (place, page), share in shares
    ]


@pytest.mark.parametrize(
    ("urlconf", "slot"),
    [("config.urls", slot) for slot in SLOTS] + [(WITHOUT_PAGES, slot) for slot in SLOTS if "/documents/" in slot],
    indirect=["urlconf"],
)
def test_any_name_in_an_address_is_answered(client, urlconf, slot):
    for name in NAMES:
        assert_answered(sent(client, "GET", slot.format(name)), what=(slot, name))


@pytest.mark.parametrize(("page", "third"), in_thirds(PARAMETERS, VALUES))
def test_any_parameter_is_answered(client, page, third):
    for name, value in product(PARAMETERS[page], third):
        assert_answered(sent(client, "GET", f"{page}?{name}={value}"), what=(page, name, value))


@pytest.mark.any_engine
@pytest.mark.parametrize(("page", "third"), in_thirds(PAGES, HEADERS))
def test_any_header_is_answered(client, page, third):
    for headers in third:
        response = sent(client, "GET", f"{page}?q=x&page=1", headers)

        assert_answered(response, what=(page, headers))


@pytest.mark.any_engine
@pytest.mark.parametrize("page", PAGES)
def test_any_method_is_answered(client, page):
    for method in METHODS:
        response = sent(client, method, page, {"Content-Type": "application/x-www-form-urlencoded"}, b"a=%00&b=%FF")

        assert_answered(response, what=(page, method))
        if method not in {"HEAD", "OPTIONS", "POST", "get"} and response.status_code != 404 and page != "/admin/login/":
            # Who is not known is told how to log in (RFC 9110, section 15.5.2), whatever the method.
            refused = {400, 403, 405, 401} if "WWW-Authenticate" in response else {400, 403, 405}
            assert response.status_code in refused, (page, method)


@pytest.mark.any_engine
@pytest.mark.parametrize("charset", ["utf-8", "rot13", "unicode_escape", "utf-16", "nothing"])
@pytest.mark.parametrize("body", [b"verb=Identify", b"\xff\xfe", b"%FF=%00", b"\x00", b"a=b&" * 2000, b"x" * 3_000_000])
def test_any_body_is_answered(client, charset, body):
    for page, kind in product(
        ("/oai", "/sparql", "/documents/", "/api/documents/", "/admin/login/", "/iiif/110692/manifest"),
        ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/xml"),
    ):
        response = sent(client, "POST", page, {"Content-Type": f"{kind}; charset={charset}"}, body)

        assert_answered(response, what=(page, kind, charset, body[:20]))


@pytest.mark.any_engine
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "host", ["evil.example.net", "evil.example.net:80", "archive.example.org@evil.example.net", "", "[::1"]
)
def test_forged_host_is_refused_and_where_it_is_not_stands_nowhere(client, settings, page, host):
    assert_answered(sent(client, "GET", page, {"Host": host}), what=page)

    settings.ALLOWED_HOSTS = ["*"]
    assert_answered(sent(client, "GET", page, {"Host": host}), what=page)


@pytest.mark.any_engine
def test_numbers_of_the_thousand_parameters_are_refused(client):
    for page in PAGES:
        assert_answered(sent(client, "GET", page + "?" + "a=1&" * 1500), what=page)


def test_words_are_found_whatever_charset_a_request_claims(client):
    for charset in ("rot13", "utf-16", "unicode_escape"):
        response = sent(client, "GET", "/documents/?q=Telegram", {"Content-Type": f"text/plain; charset={charset}"})

        assert b"/documents/110692" in response.content
