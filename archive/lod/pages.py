"""The scans of a document: from which file each was made, and what stands where on it.

The image itself is the business of IIIF: its service is named. A page is told by the hash of the file that it was made
from (RFC 6920), as ``provenance`` tells sources, and by its place in that file; whoever has the file has the page. A
page that the archive has typeset itself says nothing that the text does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.urls import NoReverseMatch
from pyoxigraph import Literal, NamedNode, Triple

from archive import uris
from archive.description import Description, LineDescription, PageDescription, WordDescription
from archive.lod.provenance import file
from archive.lod.vocabulary import BIBO, FOAF, PROV, RDF, RDFS, RICO, UNWRITABLE, XSD, A, iri, part, words


def triples(description: Description) -> Iterator[Triple]:
    """Every scan of a document. Their numbers may leave gaps, where an image did not come along."""
    for page in description.pages:
        if page.sha256:
            node = part(description, f"page-{page.number}")
            yield Triple(NamedNode(description.uri), FOAF["depiction"], node)
            yield from _page(node, page)


def _page(node: NamedNode, page: PageDescription) -> Iterator[Triple]:
    yield Triple(node, A, FOAF["Image"])
    yield Triple(node, A, RICO["Instantiation"])
    yield Triple(node, PROV["wasDerivedFrom"], file(page.sha256))
    if page.place:
        yield Triple(node, BIBO["locator"], words(str(page.place + 1)))
    service = _service(page)
    if service is not None:
        yield Triple(node, RDFS["seeAlso"], service)
    yield Triple(node, RICO["width"], _number(page.width))
    yield Triple(node, RICO["height"], _number(page.height))
    if page.lines:
        lines = json.dumps([_line(each) for each in page.lines], ensure_ascii=False, separators=(",", ":"))
        yield Triple(node, RDF["value"], Literal(UNWRITABLE.sub("", lines), datatype=RDF["JSON"]))


def _service(page: PageDescription) -> NamedNode | None:
    """The image in the image service; None where the site has none."""
    try:
        return iri(uris.image_service(page.identifier, page.file))
    except NoReverseMatch:
        return None


def _line(line: LineDescription) -> list[object]:
    """Its words as one string, its box, and each word likewise where their places are known."""
    return [*_placed(line), [_placed(each) for each in line.words]] if line.words else _placed(line)


def _placed(words: LineDescription | WordDescription) -> list[object]:
    return [words.text, words.x, words.y, words.width, words.height]


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD["integer"])
