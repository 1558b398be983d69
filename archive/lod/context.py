"""The JSON-LD context: the names that our JSON uses, and what they mean.

Its version changes with its meaning; a name that was once published keeps what it means.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from archive.lod.namespaces import NAMESPACES
from archive.lod.ranges import LITERAL_TERMS
from archive.vocab.dcmi import TERMS

VERSION = "1.4"

#: Properties of which a document has at most one; all others are always arrays.
SINGLE = frozenset(("abstract", "bibliographicCitation", "created", "title"))

EDTF = NAMESPACES["edtf"] + "EDTF"
XSD_TIME = NAMESPACES["xsd"] + "dateTime"
XSD_INTEGER = NAMESPACES["xsd"] + "integer"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in our JSON: the IRI it stands for, the type its strings have, and whether it holds an array."""

    key: str
    iri: str
    type: str = ""
    array: bool = False

    def definition(self) -> dict[str, str]:
        """The name's term definition (JSON-LD 1.1, section 9.15.1)."""
        definition = {"@id": self.iri}
        if self.type:
            definition["@type"] = self.type
        if self.array:
            definition["@container"] = "@set"
        return definition


#: Local names of the classes in RiC-O; those of other vocabularies go by prefix and name.
CLASSES = (
    "Agent", "AgentName", "Coordinates", "CorporateBody", "Date", "Event", "Family", "Identifier", "Instantiation",
    "Language", "Person", "Place", "Record", "RecordSet", "Relation",
)  # fmt: skip

#: Names beyond Dublin Core, whose properties all go by their own names.
OTHERS = (
    Name("label", "rdfs:label"),
    Name("value", "rdf:value"),
    Name("seeAlso", "rdfs:seeAlso", "@id", array=True),
    Name("name", "foaf:name"),
    Name("number", "bibo:number", array=True),
    Name("hasNumber", "rico:hasOrHadIdentifier", "@id", array=True),
    Name("locator", "bibo:locator"),
    Name("transcriptOf", "bibo:transcriptOf", "@id"),
    Name("translationOf", "bibo:translationOf", "@id"),
    Name("addresseeRole", "relators:rcp", "@id", array=True),
    Name("translator", "relators:trl", "@id", array=True),
    Name("author", "relators:aut", "@id", array=True),
    Name("signatory", "relators:sgn", "@id", array=True),
    Name("transcriber", "relators:trc", "@id", array=True),
    Name("editor", "relators:edt", "@id", array=True),
    Name("contributorRole", "relators:ctb", "@id", array=True),
    Name("sender", "rico:hasSender", "@id", array=True),
    Name("addressee", "rico:hasAddressee", "@id", array=True),
    Name("receiver", "rico:hasReceiver", "@id", array=True),
    Name("creationDate", "rico:hasCreationDate", "@id"),
    Name("normalizedDate", "rico:normalizedDateValue", EDTF),
    Name("associatedDate", "rico:isAssociatedWithDate", "@id"),
    Name("expressedDate", "rico:expressedDate"),
    Name("originalLanguage", "rico:hasOrHadLanguage", "@id"),
    Name("code", "rico:identifier"),
    Name("kind", "rico:type"),
    Name("note", "rico:note", array=True),
    Name("contribution", "rico:thingIsSourceOfRelation", "@id", array=True),
    Name("association", "rico:thingIsConnectedToRelation", "@id", array=True),
    Name("agent", "rico:relationHasTarget", "@id"),
    Name("certainty", "rico:relationCertainty"),
    Name("asWritten", "rico:relationHasContext", "@id"),
    Name("textualValue", "rico:textualValue"),
    Name("nameOf", "rico:isOrWasAgentNameOf", "@id"),
    Name("event", "rico:isAssociatedWithEvent", "@id", array=True),
    Name("eventDate", "rico:date", EDTF),
    Name("place", "rico:hasOrHadLocation", "@id"),
    Name("participant", "rico:hasOrHadParticipant", "@id"),
    Name("ricName", "rico:name"),
    Name("text", "rico:hasOrHadDigitalInstantiation", "@id", array=True),
    Name("copy", "rico:hasOrHadInstantiation", "@id", array=True),
    Name("holder", "rico:hasOrHadHolder", "@id"),
    Name("includedIn", "rico:isOrWasIncludedIn", "@id", array=True),
    Name("sameAs", "owl:sameAs", "@id", array=True),
    Name("prefLabel", "skos:prefLabel"),
    Name("exactMatch", "skos:exactMatch", "@id", array=True),
    Name("closeMatch", "skos:closeMatch", "@id", array=True),
    Name("broadMatch", "skos:broadMatch", "@id", array=True),
    Name("narrowMatch", "skos:narrowMatch", "@id", array=True),
    Name("associatedPlace", "rico:isAssociatedWithPlace", "@id", array=True),
    Name("recordSetType", "rico:hasRecordSetType", "@id"),
    Name("agentName", "rico:hasOrHadAgentName", "@id", array=True),
    Name("coordinates", "rico:hasOrHadCoordinates", "@id"),
    Name("latitude", "rico:latitude"),
    Name("longitude", "rico:longitude"),
    Name("containedBy", "rico:isOrWasContainedBy", "@id"),
    Name("depiction", "foaf:depiction", "@id", array=True),
    Name("width", "rico:width", XSD_INTEGER),
    Name("height", "rico:height", XSD_INTEGER),
    Name("scopeAndContent", "rico:scopeAndContent"),
    Name("extentNote", "rico:physicalOrLogicalExtent"),
    Name("altLabel", "skos:altLabel", array=True),
    Name("notation", "skos:notation"),
    Name("inScheme", "skos:inScheme", "@id"),
    Name("broader", "skos:broader", "@id", array=True),
    Name("narrower", "skos:narrower", "@id", array=True),
    Name("relatedConcept", "skos:related", "@id", array=True),
    Name("derivedFromText", "rico:isOrWasDerivedFromInstantiation", "@id"),
    Name("technique", "rico:productionTechnique"),
    Name("describedBy", "rico:isOrWasDescribedBy", "@id"),
    Name("derivedFrom", "prov:wasDerivedFrom", "@id", array=True),
    Name("attributedTo", "prov:wasAttributedTo", "@id", array=True),
    Name("attribution", "prov:qualifiedAttribution", "@id", array=True),
    Name("attributed", "prov:agent", "@id"),
    Name("generatedBy", "prov:wasGeneratedBy", "@id"),
    Name("associatedWith", "prov:wasAssociatedWith", "@id"),
    Name("used", "prov:used", "@id"),
    Name("endedAt", "prov:endedAtTime", XSD_TIME),
)


def _dublin_core() -> tuple[Name, ...]:
    return tuple(Name(term, f"dcterms:{term}", _type(term), array=term not in SINGLE) for term in sorted(TERMS))


def _type(term: str) -> str:
    if term == "created":
        return EDTF
    return "" if term in LITERAL_TERMS else "@id"


@cache
def names() -> dict[str, Name]:
    """The names by full IRI of what they stand for."""
    found = {}
    for name in (*_dublin_core(), *OTHERS):
        prefix, local = name.iri.split(":", 1)
        found[NAMESPACES[prefix] + local] = name
    return found


@cache
def classes() -> dict[str, str]:
    """The names of classes by full IRI."""
    return {NAMESPACES["rico"] + name: name for name in CLASSES}


def context() -> dict[str, Any]:
    """What ``@context`` stands for."""
    return {
        "@version": 1.1,
        **NAMESPACES,
        **{name: f"rico:{name}" for name in CLASSES},
        **{name.key: name.definition() for name in names().values()},
    }


@cache
def document() -> bytes:
    """The context as it is served. JSON has no comments, but what stands beside ``@context`` means nothing."""
    vocabularies = "Dublin Core, RiC-O 1.1, BIBO, FOAF, PROV, MARC relators"
    comment = f"Context {VERSION} of Fonds: {vocabularies}. See docs/linked-data.md."
    return json.dumps({"comment": comment, "@context": context()}, indent=2).encode() + b"\n"
