"""Where the description of a document came from, in PROV: what was read, by which program, and when.

The description is a thing of its own beside the record that it describes: the telegram was not derived from a file. Of
the file nothing is told but the hash of its bytes (RFC 6920), by which whoever has it knows it again.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC

from pyoxigraph import Literal, NamedNode, Triple

from archive.description import Description, ProvenanceDescription
from archive.lod.vocabulary import PROV, RDFS, RICO, XSD, A, iri, part, words


def triples(description: Description) -> Iterator[Triple]:
    """The description and its sources; nothing where it was entered by hand, and from no other's page."""
    sources = [each for each in _sources(description) if each is not None]
    if not sources and description.provenance is None:
        return
    document, described = NamedNode(description.uri), part(description, "description")
    yield Triple(document, RICO["isOrWasDescribedBy"], described)
    yield Triple(described, A, PROV["Entity"])
    for source in sources:
        yield Triple(described, PROV["wasDerivedFrom"], source)
    if description.provenance is not None:
        yield from _reading(described, description, description.provenance)


def _sources(description: Description) -> Iterator[NamedNode | None]:
    """What it was made from: the page of the original, the record that was harvested, the file."""
    if description.source_url:
        yield iri(description.source_url)
    if description.provenance is None:
        return
    if description.provenance.record:
        yield iri(description.provenance.record)
    if description.provenance.sha256:
        yield file(description.provenance.sha256)


def file(sha256: str) -> NamedNode:
    """The name of bytes by their hash (RFC 6920, section 3)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return NamedNode(f"ni:///sha-256;{digest}")


def _reading(described: NamedNode, description: Description, provenance: ProvenanceDescription) -> Iterator[Triple]:
    reading = part(description, "reading")
    yield Triple(described, PROV["wasGeneratedBy"], reading)
    yield Triple(reading, A, PROV["Activity"])
    moment = provenance.read_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield Triple(reading, PROV["endedAtTime"], Literal(moment, datatype=XSD["dateTime"]))
    if provenance.sha256:
        yield Triple(reading, PROV["used"], file(provenance.sha256))
    if provenance.reader:
        reader = part(description, "reader")
        yield Triple(reading, PROV["wasAssociatedWith"], reader)
        yield Triple(reader, A, PROV["SoftwareAgent"])
        yield Triple(reader, RDFS["label"], words(_name(provenance), "en"))


def _name(provenance: ProvenanceDescription) -> str:
    version = f", version {provenance.version}" if provenance.version else ""
    return f"Fonds, reader {provenance.reader}{version}"
