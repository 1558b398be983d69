"""Agents, places, concepts, units and collections as linked data: in every notation, negotiated, while public."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from django.conf import settings
from django.test import Client

from archive import merging, publication
from archive.lod import context
from archive.lod.namespaces import NAMESPACES
from archive.models import (
    Agent,
    AgentName,
    AuthorityLink,
    Concept,
    ConceptLabel,
    ConceptScheme,
    Contribution,
    Kind,
    Place,
    PlaceName,
    Representation,
    Subject,
)
from archive.units import unit_at
from tests.archive.lod import vocabularies
from tests.builders import a_collection, a_document, published

pytestmark = pytest.mark.django_db

BASE = "https://archive.example.org/"
FORMATS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}
ADDRESSES = ("agents/stalin", "places/beijing", "concepts/war", "units/fond45", "collections/korea", "schemes/s")


@pytest.fixture(autouse=True)
def archive():
    """One public document that names one thing of each kind, with everything that each can have."""
    document = a_document("one")
    stalin = Agent.objects.create(identifier="stalin", name="Stalin", kind="person", dates="1878/1953")
    AgentName.objects.create(agent=stalin, value="Filippov", kind="pseudonym")
    AuthorityLink.objects.create(agent=stalin, source="viaf", uri="http://viaf.org/viaf/101704033", status="accepted")
    AuthorityLink.objects.create(agent=stalin, source="other", uri="http://example.org/candidate")
    china = Place.objects.create(identifier="china", name="China")
    hidden = Place.objects.create(identifier="hidden", name="Hidden", broader=china)
    beijing = Place.objects.create(
        identifier="beijing", name="Beijing", broader=china, latitude="39.9075", longitude="116.39723", feature="PPLC"
    )
    PlaceName.objects.create(place=beijing, value="Пекин", language="ru")
    scheme = ConceptScheme.objects.create(
        slug="s", title="Subjects", description="What is spoken of.", uri="http://vocab.example.org/subjects"
    )
    war = Concept.objects.create(identifier="war", scheme=scheme, name="Korean War", notation="951.9")
    war.broader.add(Concept.objects.create(identifier="unnamed", scheme=scheme, name="War"))
    ConceptLabel.objects.create(concept=war, value="Корейская война", language="ru", kind="preferred")
    ConceptLabel.objects.create(concept=war, value="secret word", kind="hidden")
    unit = unit_at({"repository": "APRF", "fond": "45", "opis": "1"})
    type(unit).objects.filter(level="fond").update(identifier="fond45", title="Stalin", date="1912/1953", extent="9 m")
    document.references.create(repository="APRF", fond="45", opis="1", verbatim="APRF, f. 45", unit=unit)
    Contribution.objects.create(document=document, agent=stalin, role="sender", as_written="Filippov")
    Subject.objects.create(document=document, place=beijing)
    Subject.objects.create(document=document, place=china)
    Subject.objects.create(document=document, concept=war)
    document.collections.add(a_collection("korea"))
    assert hidden.broader == china
    return published(document)


def graph(address: str, extension: str = "nt") -> set[ox.Triple]:
    answer = Client().get(f"/{address}.{extension}")
    assert answer.status_code == 200, (address, answer.content)
    content = answer.content
    if extension == "jsonld":
        inside = json.loads(context.document())["@context"]
        content = json.dumps({**json.loads(content), "@context": inside}).encode()
    return {quad.triple for quad in ox.parse(content, format=FORMATS[extension][1])}


def said(address: str) -> set[tuple[str, str]]:
    """What is said of the thing itself, by prefix and name."""
    prefixes = {namespace: prefix for prefix, namespace in NAMESPACES.items()}
    found = set()
    for triple in graph(address):
        if triple.subject.value == BASE + address:
            namespace = next(each for each in prefixes if triple.predicate.value.startswith(each))
            name = f"{prefixes[namespace]}:{triple.predicate.value.removeprefix(namespace)}"
            found.add((name, triple.object.value.removeprefix(BASE)))
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_notation_says_the_same_and_in_words_that_exist(address):
    as_lines = graph(address)

    assert len(as_lines) >= 4
    for extension in ("ttl", "rdf", "jsonld"):
        assert graph(address, extension) == as_lines
    if vocabularies.TERMS.is_file():
        assert vocabularies.unknown(vocabularies.used(as_lines)) == set()


def test_each_kind_says_what_it_is():
    assert {
        ("rdf:type", NAMESPACES["foaf"] + "Person"), ("foaf:name", "Stalin"), ("rico:date", "1878/1953"),
        ("owl:sameAs", "http://viaf.org/viaf/101704033"), ("rico:hasOrHadAgentName", "agents/stalin#name-1"),
    } <= said("agents/stalin")  # fmt: skip
    assert {("rico:isOrWasContainedBy", "places/china"), ("skos:altLabel", "Пекин")} <= said("places/beijing")
    assert {("skos:prefLabel", "Korean War"), ("skos:prefLabel", "Корейская война")} <= said("concepts/war")
    assert {("rico:identifier", "45"), ("dcterms:title", "Stalin"), ("rico:date", "1912/1953")} <= said("units/fond45")
    assert ("dcterms:title", "The korea collection") in said("collections/korea")
    assert ("skos:inScheme", "schemes/s") in said("concepts/war")
    assert {
        ("rdf:type", NAMESPACES["skos"] + "ConceptScheme"), ("dcterms:title", "Subjects"), ("dcterms:identifier", "s"),
        ("dcterms:description", "What is spoken of."), ("dcterms:source", "http://vocab.example.org/subjects"),
    } == said("schemes/s")  # fmt: skip


def test_what_is_not_public_is_not_said():
    everything = "".join(str(each) for address in (*ADDRESSES, "places/china") for each in graph(address))

    for secret in ("candidate", "hidden", "unnamed", "secret word"):
        assert secret not in everything


@pytest.mark.any_engine  # the same rows are read for every notation above
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("urlconf", ["config.urls", "tests.archive.lod.site_without_pages"])
def test_thing_is_negotiated_at_its_own_address(settings, address, urlconf):
    settings.ROOT_URLCONF = urlconf
    for extension, (media_type, _) in FORMATS.items():
        answer = Client().get(f"/{address}", headers={"Accept": f"text/html;q=0.2, {media_type};q=0.9"})

        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, media_type)
        assert answer["Content-Location"] == f"{BASE}{address}.{extension}"
        assert "Accept" in answer["Vary"]
        assert answer["Access-Control-Allow-Origin"] == "*"
        again = Client().get(f"/{address}.{extension}", headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
    refused = Client().get(f"/{address}", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert f"{BASE}{address}.ttl" in refused.content.decode()


@pytest.mark.any_engine
@pytest.mark.parametrize("address", ADDRESSES)
def test_page_names_its_other_forms(address):
    for answer in (Client().get(f"/{address}", headers={"Accept": "text/html"}), Client().get(f"/{address}.html")):
        assert answer.status_code == 200
        assert f'<link rel="alternate" type="text/turtle" href="{BASE}{address}.ttl">' in answer.content.decode()


def test_things_go_with_the_last_document_that_names_them_and_come_back(archive):
    publication.withdraw([archive.pk])

    assert {Client().get(f"/{address}.nt").status_code for address in ADDRESSES} == {404}
    assert not Representation.objects.filter(withdrawn=False).exclude(kind=Kind.DOCUMENT).exists()

    publication.publish([archive.pk])
    assert {Client().get(f"/{address}.nt").status_code for address in ADDRESSES} == {200}


def test_page_of_a_scheme_has_the_concepts_that_documents_name():
    page = Client().get("/schemes/s.html").content.decode()

    assert "Korean War" in page
    assert "/concepts/unnamed" not in page
    assert 'href="/schemes/s"' in Client().get("/concepts/war.html").content.decode()
    assert Client().get("/schemes/nobody").status_code == 404


def test_scheme_that_is_renamed_is_told_anew_with_its_concepts(admin_client):
    scheme = ConceptScheme.objects.get()
    posted = {"title": "Topics", "uri": scheme.uri, "description": ""}

    admin_client.post(f"/admin/archive/conceptscheme/{scheme.pk}/change/", posted)
    publication.retell()

    assert ("dcterms:title", "Topics") in said("schemes/s")
    assert "Topics" in str(graph("concepts/war"))


def test_merged_thing_redirects_in_every_form_and_is_withdrawn(archive):
    stalin = Agent.objects.get(identifier="stalin")
    other = Agent.objects.create(identifier="other", name="Koba", kind="person")
    Contribution.objects.create(document=archive, agent=other, role="addressee", as_written="Koba")
    publication.publish([archive.pk])
    assert Client().get("/agents/other.ttl").status_code == 200

    merging.merge(stalin, other, by=None)
    publication.refresh(publication.stale())

    for form in ("", ".ttl", ".html"):
        answer = Client().get(f"/agents/other{form}")
        assert (answer.status_code, answer["Location"]) == (301, f"{BASE}agents/stalin{form}")
    assert Representation.objects.filter(identifier="agents/other", withdrawn=False).count() == 0
    assert "Koba" in str(graph("agents/stalin"))


def test_context_knows_every_word_of_json_ld():
    path = Path(settings.BASE_DIR) / "archive" / "lod" / "context.py"

    assert path.is_file()
    assert json.loads(context.document())["@context"]["altLabel"] == {"@id": "skos:altLabel", "@container": "@set"}
