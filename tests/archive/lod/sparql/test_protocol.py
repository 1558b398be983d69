"""SPARQL 1.1 Protocol, query operation (section 2.1), and what a browser is shown."""

from __future__ import annotations

import csv
import json
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client, override_settings
from lxml import etree, html
from pyoxigraph import RdfFormat, parse

from archive.lod.sparql import writing
from tests.archive.lod import vocabularies
from tests.archive.lod.sparql.asking import get, rows
from tests.builders import a_published_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

TITLES = "SELECT ?title WHERE { ?record a rico:Record ; dcterms:title ?title } ORDER BY ?title"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


@pytest.fixture(scope="module", autouse=True)
def two_documents(lasting, tmp_path_factory):
    folder = tmp_path_factory.mktemp("triples")
    with override_settings(FONDS={**settings.FONDS, "SPARQL_STORE": str(folder), "SPARQL_SECONDS": 120}):
        a_published_document("one", title="Telegram, 'one' \"two\"\t& <three>\r\nfour", title_language="en")
        a_published_document("two", title="Телеграмма")
        writing.follow()
        yield


def test_query_comes_by_get_in_a_form_and_by_itself():
    for answer in (
        get(TITLES),
        Client().post("/sparql", urlencode({"query": TITLES}), content_type=FORM),
        Client().post("/sparql", TITLES, content_type=QUERY),
        Client().post("/sparql", TITLES.encode(), content_type=f"{QUERY}; charset=utf-8"),
    ):
        assert [row["title"]["value"][:8] for row in answer.json()["results"]["bindings"]] == ["Telegram", "Телеграм"]
        assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.5", "text/tab-separated-values; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/html, */*;q=0.1", "text/html; charset=utf-8"),
    ],
)
def test_rows_come_in_the_type_that_is_asked_for(accept, type_):
    answer = get(TITLES, accept=accept)

    assert (answer.status_code, answer["Content-Type"]) == (200, type_)
    assert "Accept" in answer["Vary"]


def test_every_notation_says_the_same():
    one = "Telegram, 'one' \"two\"\t& <three>\r\nfour"
    asked = "SELECT ?title WHERE { </documents/one> dcterms:title ?title ; ?p ?o } LIMIT 1"

    by_json = json.loads(get(asked).content)["results"]["bindings"][0]["title"]
    by_xml = etree.fromstring(get(asked, format="xml").content).find(".//{*}literal")
    by_csv = list(csv.reader(get(asked, format="csv").content.decode().splitlines(keepends=True)))
    by_tsv = get(asked, format="tsv").content.decode()

    assert by_json == {"type": "literal", "value": one, "xml:lang": "en"}
    assert (by_xml.text, by_xml.get("{http://www.w3.org/XML/1998/namespace}lang")) == (one, "en")
    assert by_csv == [["title"], [one]]
    assert by_tsv.splitlines()[1] == r""""Telegram, 'one' \"two\"\t& <three>\r\nfour"@en"""


@pytest.mark.parametrize(
    ("type_", "format_"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_graphs_come_in_every_notation_of_rdf(type_, format_):
    answer = get("CONSTRUCT { ?s dcterms:title ?o } WHERE { ?s a rico:Record ; dcterms:title ?o }", accept=type_)

    assert answer["Content-Type"].partition(";")[0] == type_
    assert len(list(parse(input=answer.content, format=format_))) == 2


@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv", "html"])
def test_yes_or_no_comes_in_every_notation(format_):
    yes, no = (get(f"ASK {{ ?s dcterms:title {title} }}", format=format_) for title in ('"Телеграмма"', '"nothing"'))

    assert b"true" in yes.content or b"Yes" in yes.content
    assert b"false" in no.content or b"No<" in no.content


def test_each_document_is_a_graph_and_all_of_them_are_the_default():
    one = "https://archive.example.org/documents/one"

    assert len(rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")) == 2
    assert len(rows(f"SELECT ?t FROM <{one}> WHERE {{ ?s a rico:Record ; dcterms:title ?t }}")) == 1
    assert len(rows("SELECT ?t WHERE { ?s a rico:Record ; dcterms:title ?t }", **{"default-graph-uri": one})) == 1
    assert rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": one}) == [{"g": one}]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", FORM, 400),
        (b"query=", FORM, 400),
        (b"update=DROP+ALL", FORM, 400),
        (b"query=ASK{}&query=ASK{}", FORM, 400),
        (b"query=" + b"%20" * 40_000, FORM, 413),
        (b"ASK{}", "application/sparql-update", 415),
        (b"ASK{}", "", 415),
        (b"ASK{} # \xff", QUERY, 400),
        (b"SELECT", QUERY, 400),
        (b"SELECT * { ?s ?p }", QUERY, 400),
        (b"DROP ALL", QUERY, 400),
        (b"INSERT DATA { <a> <b> <c> }", QUERY, 400),
        (b"BASE <http://x/> PREFIX a: <b> LOAD <c>", QUERY, 400),
    ],
)
def test_what_is_no_query_is_refused_and_told_why(body, content_type, status):
    answer = Client().post("/sparql", body, content_type=content_type)

    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/plain")
    assert 10 < len(answer.content) < 1000
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_query_of_a_size_that_is_no_number_is_refused():
    answer = Client().post("/sparql", b"ASK{}", content_type=QUERY, CONTENT_LENGTH="x")

    assert (answer.status_code, answer.content) == (400, b"There is no query in the request.\n")


def test_type_that_there_is_not_is_refused_with_a_list():
    answer = get(TITLES, accept="image/png")

    assert answer.status_code == 406
    assert b"application/sparql-results+json" in answer.content


def test_other_methods_are_refused_and_options_answered():
    assert Client().put("/sparql").status_code == 405
    assert "POST" in Client().options("/sparql")["Access-Control-Allow-Methods"]


def test_service_describes_itself_to_programs():
    answer = Client().get("/sparql", headers={"Accept": "text/turtle"})
    said = {(t.predicate.value.rpartition("#")[2], getattr(t.object, "value", "")) for t in parse(
        input=answer.content, format=RdfFormat.TURTLE
    )}  # fmt: skip

    assert ("endpoint", "https://archive.example.org/sparql") in said
    assert ("supportedLanguage", "http://www.w3.org/ns/sparql-service-description#SPARQL11Query") in said
    assert ("defaultDataset", "https://archive.example.org/.well-known/void#dataset") in said


def test_form_shows_rows_with_links_and_downloads():
    answer = get("SELECT ?s ?t WHERE { ?s a rico:Record ; dcterms:title ?t }", accept="text/html,*/*;q=0.8")
    page = html.fromstring(answer.content)

    assert {"/documents/one", "/documents/two"} <= set(page.xpath("//table//a/text()"))
    assert page.xpath("//p[@class='lod-downloads']/a/text()") == ["JSON", "XML", "CSV", "TSV"]
    assert Client().get(page.xpath("//p[@class='lod-downloads']/a/@href")[2]).content.startswith(b"s,t\r\n")


def test_form_keeps_a_wrong_query_and_says_what_is_wrong():
    answer = get("SELECT ?s WHERE { <script> }", accept="text/html")
    page = html.fromstring(answer.content)

    assert answer.status_code == 400
    assert "no SPARQL" in page.xpath("//*[@role='alert']/text()")[0]
    assert page.xpath("//textarea/text()")[0].strip() == "SELECT ?s WHERE { <script> }"


def test_address_that_runs_a_script_is_no_link():
    answer = get("SELECT (<javascript:alert(1)> AS ?a) {}", accept="text/html")

    assert b"javascript:" in answer.content
    assert b'href="javascript:' not in answer.content


def test_site_without_a_store_has_no_endpoint_and_one_that_is_being_written_asks_to_wait(fonds, tmp_path, caplog):
    fonds(SPARQL_STORE="")
    assert get(TITLES).status_code == 404

    fonds(SPARQL_STORE=str(tmp_path / "nothing yet"))
    answer = get(TITLES)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Service Unavailable" not in caplog.text, "no error is told to the administrators"


@vocabularies.AT_HAND
def test_every_term_that_the_service_is_described_in_exists():
    content = Client().get("/sparql", headers={"Accept": "application/n-triples"}).content

    graph = {quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)}

    assert len(graph) > 10
    assert vocabularies.unknown(vocabularies.used(graph)) == set()
    assert vocabularies.without_a_vocabulary(graph) == set()
