"""Words: what the vocabularies are called, and how what they say of a document becomes a field."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import Literal

from archive.drafts import Field, Value
from archive.readers.rdf.graphs import Term

DCTERMS = "http://purl.org/dc/terms/"
DCMITYPE = "http://purl.org/dc/dcmitype/"
BIBO = "http://purl.org/ontology/bibo/"
FOAF = "http://xmlns.com/foaf/0.1/"
DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
RICO = "https://www.ica.org/standards/RiC/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"

#: How subtags of two and of four characters are written: regions and scripts.
_SUBTAG: dict[int, Callable[[str], str]] = {2: str.upper, 4: str.title}
#: More copies than a number of so many digits says were never made.
_DIGITS = 5


def field(value: Value, said: str, where: str) -> Field[Value]:
    """A value, with what was said for it and where."""
    return Field(value, said, None, where)


def language_of(term: Term) -> str:
    """The tag of its language as BCP 47 writes it (RFC 5646, section 2.1.1): in RDF they are all in small letters."""
    if not isinstance(term, Literal) or not term.language:
        return ""
    first, *rest = term.language.split("-")
    return "-".join([first, *(_SUBTAG.get(len(each), str)(each) for each in rest)])


def count(said: str, before: str) -> int | None:
    """A small number behind some words."""
    number = said.removeprefix(before)
    return int(number) if number.isascii() and number.isdigit() and len(number) <= _DIGITS else None
