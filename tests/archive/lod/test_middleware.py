"""The way in for machines that read linked data, past the middleware of people."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import clear_script_prefix

from archive import merging, publication
from archive.models import Agent, Concept, ConceptScheme, Contribution, Place, Representation, Subject
from archive.units import unit_at
from tests.builders import a_collection, a_document, published

pytestmark = pytest.mark.django_db

SHORTCUT = "archive.lod.middleware.machines_first"
WITHOUT_PAGES = "tests.archive.lod.site_without_pages"
FORMS = {
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
THINGS = ("documents/one", "agents/stalin", "places/beijing", "concepts/war", "schemes/s", "units/fond45")


def out_of_order(get_response):
    """A middleware that answers nobody."""
    return lambda request: HttpResponse(status=418)


@pytest.fixture(scope="module", autouse=True)
def archive(lasting):
    """One public document that names one thing of each kind."""
    document = a_document("one")
    unit = unit_at({"repository": "APRF", "fond": "45"})
    type(unit).objects.filter(pk=unit.pk).update(identifier="fond45")
    document.references.create(repository="APRF", fond="45", verbatim="APRF, f. 45", unit=unit)
    agent = Agent.objects.create(identifier="stalin", name="Stalin", kind="person")
    Contribution.objects.create(document=document, agent=agent, role="sender", as_written="Filippov")
    scheme = ConceptScheme.objects.create(slug="s", title="Subjects")
    war = Concept.objects.create(identifier="war", scheme=scheme, name="Korean War")
    beijing = Place.objects.create(identifier="beijing", name="Beijing")
    Subject.objects.create(document=document, concept=war)
    Subject.objects.create(document=document, place=beijing)
    document.collections.add(a_collection("korea"))
    return published(document)


@pytest.fixture
def alone(settings):
    """The shortcut, and behind it nobody who answers."""
    settings.MIDDLEWARE = [SHORTCUT, f"{__name__}.out_of_order"]


def without_the_shortcut(settings):
    assert SHORTCUT in settings.MIDDLEWARE
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != SHORTCUT]


@pytest.mark.parametrize("urlconf", ["config.urls", WITHOUT_PAGES])
@pytest.mark.parametrize("thing", [*THINGS, "collections/korea"])
def test_machine_is_answered_before_the_middleware_of_people(client, settings, alone, thing, urlconf):
    settings.ROOT_URLCONF = urlconf

    for extension, media_type in FORMS.items():
        answer = client.get(f"/{thing}.{extension}")
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, media_type)
        negotiated = client.get(f"/{thing}", headers={"accept": f"{media_type}, */*;q=0.1"})
        assert negotiated.content == answer.content


@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/", "text/turtle"),
        ("/documents/", "text/turtle"),
        ("/documents/one", ""),
        ("/documents/one", "*/*"),
        ("/documents/one", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("/documents/one", "text/turtle;q=0.5, application/x-bibtex"),
        ("/documents/one", "image/png"),
        ("/documents/one.html", ""),
        ("/documents/one.bib", ""),
        ("/documents/one.csl.json", ""),
        ("/documents/one/linkset", "application/ld+json"),
        ("/documents/one.ttl?lang=ru", ""),
        ("/documents/none.ttl", ""),
        ("/agents/none", "text/turtle"),
        ("/agents/stalin?part=sent", "text/turtle"),
        ("/things/one.ttl", ""),
    ],
)
def test_everything_else_has_the_long_way(client, alone, path, accept):
    assert client.get(path, headers={"accept": accept}).status_code == 418


@pytest.mark.any_engine
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_past_the_protection_against_forged_requests(client, alone, method):
    assert getattr(client, method)("/documents/one.ttl").status_code == 405


@pytest.mark.parametrize("urlconf", ["config.urls", WITHOUT_PAGES])
@pytest.mark.parametrize("method", ["get", "head", "options", "post"])
@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/documents/one.ttl", {}),
        ("/documents/one", {"accept": "application/ld+json"}),
        ("/documents/one", {"accept": "text/turtle;q=0.5, application/rdf+xml"}),
        ("/documents/one", {"accept": "image/png"}),
        ("/documents/one.xyz", {}),
        ("/agents/stalin.nt", {"accept-language": "ru"}),
        ("/units/fond45", {"accept": "text/turtle"}),
        ("/collections/korea.rdf", {"if-none-match": '"other"'}),
        ("/documents/none.ttl", {}),
    ],
)
def test_site_without_the_shortcut_answers_alike(client, settings, method, path, headers, urlconf):
    settings.ROOT_URLCONF = urlconf
    usual = getattr(client, method)(path, headers=headers)
    without_the_shortcut(settings)

    other = getattr(client, method)(path, headers=headers)

    assert (other.status_code, other.content) == (usual.status_code, usual.content)
    # The last is of pages.
    assert {**usual.headers, "X-Frame-Options": "DENY"} == {**other.headers, "X-Frame-Options": "DENY"}


@pytest.mark.any_engine
def test_machine_that_has_the_bytes_gets_no_bytes(client, alone):
    first = client.get("/agents/stalin.ttl")

    again = client.get("/agents/stalin.ttl", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_what_is_withdrawn_leaves_by_the_shortcut_no_more(client, archive):
    addresses = [f"/{thing}.ttl" for thing in [*THINGS, "collections/korea"]]
    assert {client.get(each).status_code for each in addresses} == {200}

    publication.withdraw([archive.pk])

    assert [client.get(each).status_code for each in addresses] == [410, *[404] * 6]


@pytest.mark.parametrize("urlconf", ["config.urls", WITHOUT_PAGES])
def test_merged_thing_redirects_before_a_worker_has_told_it_anew(client, settings, urlconf):
    settings.ROOT_URLCONF = urlconf
    koba = Agent.objects.create(identifier="koba", name="Koba")
    assert client.get("/agents/stalin.ttl").status_code == 200

    merge = merging.merge(koba, Agent.objects.get(identifier="stalin"), by=None)

    assert Representation.objects.filter(identifier="agents/stalin", withdrawn=False).exists()
    for address, accept in (("/agents/stalin.ttl", ""), ("/agents/stalin", "text/turtle")):
        answer = client.get(address, headers={"accept": accept})
        assert answer.status_code == 301, address
        assert "/agents/koba" in answer["Location"]

    merging.undo(merge)
    publication.retell()
    assert client.get("/agents/stalin.ttl").status_code == 200


@pytest.mark.any_engine
def test_shortcut_refuses_a_host_that_is_not_the_site_s(client):
    assert client.get("/documents/one.ttl", headers={"Host": "evil.example.net"}).status_code == 400


@pytest.mark.any_engine
def test_shortcut_is_found_below_a_path(client, alone):
    try:
        assert client.get("/documents/one.ttl", SCRIPT_NAME="/archive").status_code == 200
    finally:
        clear_script_prefix()


@pytest.mark.any_engine
def test_site_without_these_addresses_has_none_of_them(client, settings, alone):
    settings.ROOT_URLCONF = "tests.projects.archive_harvest.urls"

    assert client.get("/documents/one.ttl").status_code == 418
