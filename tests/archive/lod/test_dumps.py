"""Dumps: everything that is public, nothing that was withdrawn, and descriptions of them that validate."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from archive import publication, representations
from archive.lod.dumps import writing
from archive.lod.dumps.state import current
from archive.models import Representation
from tests.archive.lod import vocabularies
from tests.archive.lod.sparql.asking import a_graph
from tests.builders import a_published_document

pytestmark = pytest.mark.django_db

SHAPES = Path(settings.BASE_DIR).parent / "shared" / "schemas" / "dcat-ap" / "shacl" / "dcat-ap-SHACL.ttl"


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.FONDS = {**settings.FONDS, "DUMPS": str(tmp_path / "dumps")}
    return tmp_path / "dumps"


def file(kind: str) -> bytes:
    """The newest file of a kind, unpacked, as it is served."""
    name = next(each.name for each in reversed(current().all_files) if kind in each.name)
    answer = Client().get(f"/dumps/{name}")
    assert answer.status_code == 200
    return gzip.decompress(b"".join(answer.streaming_content))


def graphs() -> set[str]:
    quads = ox.parse(file(".nq.gz"), format=ox.RdfFormat.N_QUADS)
    return {quad.graph_name.value.rpartition("/")[2] for quad in quads}


def test_dump_holds_what_is_public_in_triples_and_in_quads():
    a_published_document("one", title='Первая: <b>\r\nline " two .\n and three')
    a_graph("two")
    writing.dump()

    triples = set(ox.parse(file(".nt.gz"), format=ox.RdfFormat.N_TRIPLES))
    stored = b"".join(bytes(row.content) for row in Representation.objects.filter(format="ntriples"))

    assert {quad.triple for quad in triples} == {q.triple for q in ox.parse(stored, format=ox.RdfFormat.N_TRIPLES)}
    assert {"one", "two"} <= graphs()
    assert current().triples == stored.count(b" .\n")


def test_checksums_are_those_of_the_files():
    a_graph("one")
    writing.dump()
    sums = Client().get("/dumps/fonds.sha256").content.decode()

    for each in current().files:
        answer = Client().get(f"/dumps/{each.name}")
        content = b"".join(answer.streaming_content)
        assert hashlib.sha256(content).hexdigest() == each.sha256
        assert f"{each.sha256}  {each.name}\n" in sums
        assert len(content) == each.size
        assert Client().get(f"/dumps/{each.name}", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_changes_lead_from_one_dump_to_the_next():
    first = a_graph("one", "One")
    writing.dump()
    before = set(ox.parse(file(".nq.gz"), format=ox.RdfFormat.N_QUADS))
    rendering = representations.Rendering("ntriples", first.media_type, bytes(first.content).replace(b"One", b"Eins"))
    representations.store([representations.Rendered(first.document_id, "one", (), (rendering,))])
    a_graph("two")
    Representation.objects.filter(identifier="two").update(changed_at=representations.datestamps.now())
    writing.dump()

    changes = [each.name for each in current().changes]
    assert len(changes) == 2
    drop = set(file(".drop.gz").decode().split())
    name = next(each for each in changes if each.endswith(".nq.gz"))
    content = gzip.decompress(b"".join(Client().get(f"/dumps/{name}").streaming_content))
    added = set(ox.parse(content, format=ox.RdfFormat.N_QUADS))
    followed = {q for q in before if q.graph_name.value not in drop} | added
    whole = next(each.name for each in current().files if ".nq" in each.name)
    now = gzip.decompress(b"".join(Client().get(f"/dumps/{whole}").streaming_content))
    assert followed == set(ox.parse(now, format=ox.RdfFormat.N_QUADS))


def test_what_is_withdrawn_leaves_at_once_and_the_dump_is_written_anew(root, caplog):
    one, _ = a_published_document("one"), a_graph("two")
    writing.dump()
    old = [each.name for each in current().all_files]
    publication.withdraw([one.pk])

    for name in old:
        answer = Client().get(f"/dumps/{name}")
        assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    assert not [each for each in caplog.records if each.name == "django.request"], (
        "no error is told to the administrators"
    )

    assert writing.dump_if_due()
    assert b"/documents/one>" not in file(".nt.gz")
    assert not any((root / name).exists() for name in old)
    assert writing.dump_if_due() is None


def test_killed_writer_leaves_the_dump_before(root, monkeypatch):
    a_graph("one")
    writing.dump()
    before = current()
    with monkeypatch.context() as patch:
        patch.setattr(writing, "as_quads", lambda change: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            writing.dump()

    assert current() == before
    assert not list(root.glob("*.part"))


@pytest.mark.parametrize("address", ["/.well-known/void", "/catalog"])
def test_descriptions_come_in_every_notation_and_say_the_same(address):
    a_graph("one")
    assert Client().get(address).status_code == 404
    writing.dump()
    found = []
    for media_type, format_ in (
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ):
        answer = Client().get(address, headers={"Accept": media_type})
        assert answer["Content-Type"].startswith(media_type)
        found.append({quad.triple for quad in ox.parse(answer.content, format=format_)})

    assert all(each == found[0] for each in found)
    assert Client().get(address, headers={"Accept": "image/png"}).status_code == 406


def test_void_names_dumps_endpoint_and_an_example():
    a_graph("one")
    writing.dump()
    said = {(t.predicate.value.rpartition("#")[2], t.object.value) for t in ox.parse(
        Client().get("/.well-known/void").content, format=ox.RdfFormat.TURTLE
    )}  # fmt: skip

    assert ("sparqlEndpoint", "https://archive.example.org/sparql") in said
    assert ("exampleResource", "https://archive.example.org/documents/one") in said
    assert {value for name, value in said if name == "dataDump"} == {
        f"https://archive.example.org/dumps/{each.name}" for each in current().files
    }


@pytest.mark.skipif(not SHAPES.is_file(), reason="the shapes of DCAT-AP are not beside the checkout (../shared)")
def test_catalogue_passes_the_shapes_of_dcat_ap():
    import pyshacl
    import rdflib

    a_graph("one")
    writing.dump()
    graph = rdflib.Graph().parse(data=Client().get("/catalog").content.decode(), format="turtle")

    conforms, _, report = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))
    assert conforms, report

    title = rdflib.URIRef("http://purl.org/dc/terms/title")
    graph.remove((None, title, None))
    assert not pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))[0]


def test_page_of_the_dumps_is_a_dataset_for_search_engines():
    a_graph("one")
    writing.dump()
    page = html.fromstring(Client().get("/dumps/").content)
    (script,) = page.xpath("//script[@type='application/ld+json']/text()")

    assert json.loads(script)["@type"] == "Dataset"
    assert {each["contentUrl"] for each in json.loads(script)["distribution"]} <= set(page.xpath("//a/@href"))


@pytest.mark.parametrize("name", ["dump.json", "..%2Fdump.json", "void.ttl", "writing", "%00", "x" * 300])
def test_nothing_else_of_the_folder_is_served(name):
    a_graph("one")
    writing.dump()

    assert Client().get(f"/dumps/{name}").status_code in {400, 404}


@vocabularies.AT_HAND
@pytest.mark.parametrize("address", ["/.well-known/void", "/catalog"])
def test_every_term_that_the_dataset_is_described_in_exists(settings, address, tmp_path):
    rights = "https://creativecommons.org/publicdomain/zero/1.0/"
    settings.FONDS = {**settings.FONDS, "METADATA_RIGHTS": rights, "SPARQL_STORE": str(tmp_path / "triples")}
    a_published_document("one")
    writing.dump()
    content = Client().get(address, headers={"Accept": "application/n-triples"}).content

    graph = {quad.triple for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)}

    assert len(graph) > 20
    assert vocabularies.unknown(vocabularies.used(graph)) == set()
    assert vocabularies.without_a_vocabulary(graph) == set()


@vocabularies.AT_HAND
def test_term_that_does_not_exist_is_found():
    content = b"<a:a> <http://www.w3.org/ns/dcat#downloadUrl> <a:b> . <a:a> <https://nowhere.example/x> <a:b> ."

    graph = {quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE)}

    assert vocabularies.unknown(vocabularies.used(graph)) == {"http://www.w3.org/ns/dcat#downloadUrl"}
    assert vocabularies.without_a_vocabulary(graph) == {"https://nowhere.example/x"}
