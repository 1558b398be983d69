"""rdfxml: the native description in RDF/XML, the very bytes that linked-data clients get.

archive.lod renders and stores them; here they are only offered. Where that app is not installed there are none.
"""

from __future__ import annotations

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


class RdfXml:
    """What ListMetadataFormats tells; the schema is of the syntax, whose vocabularies have none."""

    format = "rdfxml"
    schema = "http://www.openarchives.org/OAI/2.0/rdf.xsd"
    namespace = RDF
