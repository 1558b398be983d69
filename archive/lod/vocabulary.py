"""The vocabularies that descriptions are written in, as pyoxigraph's terms.

Importing this costs pyoxigraph (3 ms), so only what renders does it, and a web process never.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode

from archive.description import Description
from archive.lod.namespaces import NAMESPACES

#: A BCP 47 tag: its primary subtag has two or three letters.
TAG = re.compile(r"([a-z]{2,3})(-[A-Za-z0-9]{1,8})*")

#: Characters that XML 1.0 (section 2.2) cannot write. All formats go without them, so that all say the same.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def _term(iri: str) -> NamedNode:
    return NamedNode(iri)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A namespace; ``DCTERMS["title"]`` is a term of it."""

    namespace: str

    def __getitem__(self, name: str) -> NamedNode:
        return _term(self.namespace + name)


BIBO = Vocabulary(NAMESPACES["bibo"])
DCMITYPE = Vocabulary(NAMESPACES["dcmitype"])
DCTERMS = Vocabulary(NAMESPACES["dcterms"])
FOAF = Vocabulary(NAMESPACES["foaf"])
OWL = Vocabulary(NAMESPACES["owl"])
PROV = Vocabulary(NAMESPACES["prov"])
RDF = Vocabulary(NAMESPACES["rdf"])
RDFS = Vocabulary(NAMESPACES["rdfs"])
#: MARC relators, which are properties: ``document relators:rcp agent``.
RELATORS = Vocabulary(NAMESPACES["relators"])
RICO = Vocabulary(NAMESPACES["rico"])
RECORD_SET_TYPES = Vocabulary(NAMESPACES["rst"])
SKOS = Vocabulary(NAMESPACES["skos"])
XSD = Vocabulary(NAMESPACES["xsd"])

A = RDF["type"]
EDTF = NamedNode(NAMESPACES["edtf"] + "EDTF")
LANGUAGES = Vocabulary("http://id.loc.gov/vocabulary/iso639-1/")


def part(description: Description, name: str) -> NamedNode:
    """A thing that only this document has, such as ``#text-1``: a hash URI instead of a blank node."""
    return NamedNode(f"{description.uri}#{name}")


def iri(address: str) -> NamedNode | None:
    """An address as a term, or None where it is no absolute IRI: such a one would make the whole file invalid."""
    try:
        return NamedNode(address)
    except ValueError:
        return None


def words(value: str, language: str = "") -> Literal:
    """A string; with the tag of its language, if it has one that is well-formed."""
    written = UNWRITABLE.sub("", value)
    if language:
        try:
            return Literal(written, language=language)
        except ValueError:
            return Literal(written)
    return Literal(written)


#: Of a relation that the archive is not sure of; it says nothing of one that it is sure of.
UNCERTAIN = words("uncertain", "en")


def date(edtf: str) -> Literal:
    """A date in EDTF. A time of day without seconds is ISO 8601 but not EDTF, and stays a plain string."""
    if "T" in edtf and not re.search(r"T\d\d:\d\d:\d\d", edtf):
        return words(edtf)
    return Literal(UNWRITABLE.sub("", edtf), datatype=EDTF)


def language_of(tag: str) -> NamedNode | None:
    """The Library of Congress's URI of a BCP 47 tag's language, or None where ISO 639-1 does not have it."""
    match = TAG.fullmatch(tag)
    return LANGUAGES[match[1]] if match and len(match[1]) == 2 else None
