"""Formats: in which media types an answer can be had, and which of them is sent."""

from __future__ import annotations

from dataclasses import dataclass

from archive.negotiation import choose

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Format:
    """A notation of ``results`` or of RDF; ``name`` is what ``format=`` in an address says."""

    name: str
    media_type: str
    #: How the process of a question calls it.
    notation: str


#: For rows, and for yes and no. The first is sent to those who say nothing.
ROWS = (
    Format("json", "application/sparql-results+json", "json"),
    Format("xml", "application/sparql-results+xml", "xml"),
    Format("csv", "text/csv", "csv"),
    Format("tsv", "text/tab-separated-values", "tsv"),
    Format("html", HTML, "json"),
    # By these names many clients ask for the first two.
    Format("json", "application/json", "json"),
    Format("xml", "application/xml", "xml"),
)
GRAPHS = (
    Format("ttl", "text/turtle", "turtle"),
    Format("nt", "application/n-triples", "ntriples"),
    Format("rdf", "application/rdf+xml", "rdfxml"),
    Format("jsonld", "application/ld+json", "jsonld"),
    Format("html", HTML, "turtle"),
)


def chosen(accept: str, name: str, *, graph: bool) -> Format | None:
    """The format that a client wants, by the name in the address if there is one; None where there is no such."""
    offers = GRAPHS if graph else ROWS
    if name:
        return next((each for each in offers if each.name == name), None)
    media_type = choose(accept, [each.media_type for each in offers])
    return next((each for each in offers if each.media_type == media_type), None)


def listed(*, graph: bool) -> str:
    """What there is, for people."""
    return "".join(f"{each.media_type}  format={each.name}\n" for each in (GRAPHS if graph else ROWS))
