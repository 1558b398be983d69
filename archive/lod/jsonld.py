"""The graph of a document as JSON-LD: a tree from the document down, in the words of our own context.

Each thing is written out where it is first met, and is only its ``@id`` after that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from archive import uris
from archive.description import Description
from archive.lod.context import classes, names
from archive.lod.graph import by_subject
from archive.lod.namespaces import NAMESPACES
from archive.lod.vocabulary import A

STRING = "http://www.w3.org/2001/XMLSchema#string"

#: Path of the context under ``PUBLIC_BASE_URL``. Every document names it, so it does not depend on where an app is
#: mounted: moving it would change the bytes of the whole archive.
CONTEXT_PATH = "/context.jsonld"


def jsonld(description: Description) -> bytes:
    """JSON-LD 1.1; its ``@context`` is the address at which this site serves it."""
    return as_jsonld(description.uri, by_subject(description))


def as_jsonld(uri: str, subjects: Mapping[NamedNode, list[Triple]]) -> bytes:
    """A graph as a tree from the thing with this URI down."""
    tree = _Tree(subjects).node(NamedNode(uri))
    written = {"@context": uris.absolute(CONTEXT_PATH), **tree}
    return json.dumps(written, ensure_ascii=False, indent=1).encode() + b"\n"


class _Tree:
    """A graph on its way to becoming a tree; knows which things are written out already."""

    def __init__(self, subjects: Mapping[NamedNode, list[Triple]]) -> None:
        self._subjects = subjects
        self._written: set[NamedNode] = set()

    def node(self, subject: NamedNode) -> dict[str, Any]:
        """A thing with everything that is said of it."""
        self._written.add(subject)
        values: dict[str, list[Any]] = {}
        types = [triple.object for triple in self._subjects[subject] if triple.predicate == A]
        for triple in self._subjects[subject]:
            if triple.predicate != A:
                values.setdefault(triple.predicate.value, []).append(self._value(triple))
        node: dict[str, Any] = {"@id": subject.value}
        if types:
            node["@type"] = [_class(type_) for type_ in types if isinstance(type_, NamedNode)]
        for predicate, found in values.items():
            name = names()[predicate]
            node[name.key] = found if name.array or len(found) > 1 else found[0]
        return node

    def _value(self, triple: Triple) -> Any:
        name = names()[triple.predicate.value]
        match triple.object:
            case NamedNode() as thing if thing in self._subjects and thing not in self._written:
                return self.node(thing)
            case NamedNode() as thing:
                return thing.value if name.type == "@id" else {"@id": thing.value}
            case Literal() as literal:
                return _literal(literal, name.type)
        raise TypeError(f"{triple} is no triple of ours: blank nodes and quoted triples have no place in a document")


def _literal(literal: Literal, type_: str) -> Any:
    """A bare string where the context gives it the right type, else an object that says what it is."""
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    datatype = literal.datatype.value
    if datatype == (type_ or STRING):
        return literal.value
    return {"@value": literal.value} if datatype == STRING else {"@value": literal.value, "@type": datatype}


def _class(type_: NamedNode) -> str:
    """A class by its name in the context, or with its prefix."""
    if type_.value in classes():
        return classes()[type_.value]
    for prefix, namespace in NAMESPACES.items():
        if type_.value.startswith(namespace):
            return f"{prefix}:{type_.value.removeprefix(namespace)}"
    return type_.value
