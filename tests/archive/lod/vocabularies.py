"""The terms that there are: of the vocabularies that ../shared/schemas/vocab has, and of small ones, listed here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from django.conf import settings

TERMS = Path(settings.BASE_DIR).parent / "shared" / "schemas" / "vocab" / "terms.json"
#: What a test asks that needs them.
AT_HAND = pytest.mark.skipif(not TERMS.exists(), reason="the vocabularies (../shared/schemas/vocab) are not here")

#: Vocabularies that no file is there of, from their specifications.
SMALL = {
    # SPARQL 1.1 Service Description, section 3.
    "http://www.w3.org/ns/sparql-service-description#": """
        Service Feature Language Function Aggregate EntailmentRegime EntailmentProfile GraphCollection Dataset Graph
        NamedGraph DereferencesURIs UnionDefaultGraph RequiresDataset EmptyGraphs BasicFederatedQuery SPARQL10Query
        SPARQL11Query SPARQL11Update endpoint feature defaultEntailmentRegime entailmentRegime extensionFunction
        supportedEntailmentProfile propertyFeature defaultSupportedEntailmentProfile languageExtension supportedLanguage
        extensionAggregate resultFormat inputFormat defaultDataset availableGraphs defaultGraph namedGraph name graph
        """,
    # Unique URIs for File Formats, https://www.w3.org/ns/formats/
    "http://www.w3.org/ns/formats/": """
        LD_Patch microdata N3 N-Triples N-Quads OWL_Functional OWL_Manchester OWL_XML POWDER POWDER-S PROV-N PROV-XML
        RDFa RDF_JSON RDF_XML RIF_XML SPARQL_Results_CSV SPARQL_Results_JSON SPARQL_Results_TSV SPARQL_Results_XML
        SPARQL_Update TriG Turtle JSON-LD JSON-LD-CDDL
        """,
    # As DCAT 3, section 6.17, takes from SPDX.
    "http://spdx.org/rdf/terms#": """
        checksum Checksum ChecksumAlgorithm algorithm checksumValue checksumAlgorithm_sha1 checksumAlgorithm_sha256
        """,
    # vCard Ontology, section 4, of which DCAT-AP 3 takes these.
    "http://www.w3.org/2006/vcard/ns#": "Kind Individual Organization fn hasEmail hasTelephone hasURL",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "type Property langString JSON first rest nil value",
    "http://www.w3.org/2000/01/rdf-schema#": "Resource Class label comment seeAlso isDefinedBy subClassOf",
    "http://www.w3.org/2001/XMLSchema#": """
        string boolean integer nonNegativeInteger decimal double date dateTime gYear gYearMonth anyURI hexBinary
        """,
}


@cache
def vocabularies() -> dict[str, frozenset[str]]:
    """The terms of each namespace."""
    large = {each["namespace"]: frozenset(each["terms"]) for each in json.loads(TERMS.read_text()).values()}
    return {**{namespace: frozenset(terms.split()) for namespace, terms in SMALL.items()}, **large}


def unknown(terms: Iterable[str]) -> set[str]:
    """Terms that their vocabulary does not have. Of those of other namespaces nothing is said."""
    return {
        term
        for term in terms
        for namespace, known in vocabularies().items()
        if term.startswith(namespace) and term.removeprefix(namespace) not in {*known, ""}
    }


def used(graph: Iterable[ox.Triple]) -> set[str]:
    """Every term in a graph: properties, classes, datatypes and what else things are said to be."""
    found = set()
    for triple in graph:
        found |= {each.value for each in (triple.subject, triple.predicate) if isinstance(each, ox.NamedNode)}
        found.add(triple.object.datatype.value if isinstance(triple.object, ox.Literal) else triple.object.value)
    return found


def without_a_vocabulary(graph: Iterable[ox.Triple]) -> set[str]:
    """Properties and classes of which no vocabulary here can tell whether they exist."""
    graph = set(graph)
    said = {triple.predicate.value for triple in graph}
    said |= {triple.object.value for triple in graph if triple.predicate.value.endswith("#type")}
    return {term for term in said if not any(term.startswith(each) for each in vocabularies())}
