"""edm: the Europeana Data Model for providers, in RDF/XML (EDM external; EDM Mapping Guidelines 2.4).

A record is one document: the object (``edm:ProvidedCHO``), its pictures (``edm:WebResource``), those whom and what it
names (contextual classes), and the aggregation that holds them together. What Europeana would refuse is no record
here: harvest.profiles.europeana says what a document must have, to this format and to the archivist alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.description import Description
from harvest.formats import markup
from harvest.formats.edm.aggregation import aggregation
from harvest.formats.edm.cho import provided_cho
from harvest.formats.edm.contexts import contexts
from harvest.formats.edm.pictures import services, web_resources
from harvest.formats.edm.vocabulary import EDM, NSMAP, RDF, SCHEMA, Thing, write
from harvest.formats.institution import institution
from harvest.profiles import europeana


class Edm:
    """The renderer."""

    format = "edm"
    media_type = "application/rdf+xml"
    extension = ""
    schema = SCHEMA
    namespace = EDM

    def render(self, description: Description) -> bytes | None:
        """The document as ``<rdf:RDF>``; None where Europeana would not take it."""
        if not europeana.PROFILE.takes(description) or not institution():
            return None
        root = etree.Element(RDF.RDF, nsmap=NSMAP)
        markup.located(root, namespace=NSMAP["rdf"], schema=SCHEMA)  # the namespace that EDM.xsd defines
        for each in _things(description):
            write(root, each)
        return markup.written(root)


def _things(description: Description) -> Iterator[Thing]:
    yield provided_cho(description)
    yield from web_resources(description)
    yield from contexts(description)
    yield aggregation(description)
    yield from services(description)
