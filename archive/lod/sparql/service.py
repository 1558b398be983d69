"""The service, described in its own terms (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from functools import cache

from archive import uris
from archive.conf import conf
from archive.lod.namespaces import NAMESPACES

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
VOID = "http://rdfs.org/ns/void#"
RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "RDF_XML", "JSON-LD",
)  # fmt: skip
#: Where the dataset is described, and with what fragment (VoID, section 6.1).
DATASET_PATH = "/.well-known/void#dataset"


def description(notation: str) -> bytes:
    """The description as Turtle, N-Triples, RDF/XML or JSON-LD; ``notation`` as in ``formats``."""
    return _description(notation, uris.to("archive_lod:sparql"), uris.absolute(DATASET_PATH), conf().REPOSITORY_NAME)


@cache
def _description(notation: str, endpoint: str, dataset: str, name: str) -> bytes:
    """Made once in a process, because it loads the RDF library."""
    from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

    a, service = NamedNode(NAMESPACES["rdf"] + "type"), NamedNode(endpoint)
    data, graph = NamedNode(dataset), BlankNode("everything")

    def said(subject: NamedNode | BlankNode, term: str, thing: NamedNode | BlankNode | Literal) -> Triple:
        return Triple(subject, NamedNode(SD + term), thing)

    triples = [
        Triple(service, a, NamedNode(SD + "Service")),
        Triple(service, NamedNode(NAMESPACES["dcterms"] + "title"), Literal(f"SPARQL of {name}", language="en")),
        said(service, "endpoint", service),
        said(service, "supportedLanguage", NamedNode(SD + "SPARQL11Query")),
        said(service, "feature", NamedNode(SD + "UnionDefaultGraph")),
        *(said(service, "resultFormat", NamedNode(FORMATS + each)) for each in RESULTS),
        said(service, "defaultDataset", data),
        Triple(data, a, NamedNode(SD + "Dataset")),
        said(data, "defaultGraph", graph),
        Triple(graph, a, NamedNode(SD + "Graph")),
    ]
    formats = {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "rdfxml": RdfFormat.RDF_XML,
        "jsonld": RdfFormat.JSON_LD,
    }
    prefixes = {**NAMESPACES, "sd": SD, "void": VOID}
    written = serialize(triples, format=formats[notation], prefixes=prefixes)
    assert written is not None, "bytes come back where no file is given"  # noqa: S101
    return written
