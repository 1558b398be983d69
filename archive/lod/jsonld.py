"""The graph of a document as JSON-LD: a tree from the document down, in the words of our own context.

Each thing is written out where it is first met, and is only its ``@id`` after that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from archive import uris
from archive.description import Description
from archive.lod.context import Name, classes, names
from archive.lod.graph import by_subject
from archive.lod.namespaces import NAMESPACES

TYPE = NAMESPACES["rdf"] + "type"
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
    return _written({"@context": uris.absolute(CONTEXT_PATH), **tree})


#: Without indentation Python writes JSON in C.
_encode = json.JSONEncoder(ensure_ascii=False).encode


def _written(tree: Mapping[str, Any]) -> bytes:
    """JSON with a line for each property of the thing, and for each value of one that has several.

    The keys are names of our own context, which need no quoting.
    """
    return ("{\n" + ",\n".join(f'"{key}": {_lines(value)}' for key, value in tree.items()) + "\n}\n").encode()


def _lines(value: Any) -> str:
    if isinstance(value, list) and len(value) > 1:
        return "[\n " + ",\n ".join(map(_encode, value)) + "\n]"
    return _encode(value)


class _Tree:
    """A graph on its way to becoming a tree; knows which things are written out already."""

    def __init__(self, subjects: Mapping[NamedNode, list[Triple]]) -> None:
        self._subjects = subjects
        self._names = names()
        self._written: set[NamedNode] = set()

    def node(self, subject: NamedNode) -> dict[str, Any]:
        """A thing with everything that is said of it."""
        self._written.add(subject)
        node: dict[str, Any] = {"@id": subject.value}
        types: list[str] = []
        values: dict[str, list[Any]] = {}
        for triple in self._subjects[subject]:
            predicate = triple.predicate.value
            if predicate == TYPE:
                types.append(_class(triple.object))
            else:
                name = self._names[predicate]
                values.setdefault(predicate, []).append(self._value(triple.object, name))
        if types:
            node["@type"] = types
        for predicate, found in values.items():
            name = self._names[predicate]
            node[name.key] = found if name.array or len(found) > 1 else found[0]
        return node

    def _value(self, value: Any, name: Name) -> Any:
        if isinstance(value, NamedNode):
            if value in self._subjects and value not in self._written:
                return self.node(value)
            return value.value if name.type == "@id" else {"@id": value.value}
        if isinstance(value, Literal):
            return _literal(value, name.type)
        raise TypeError(f"{value} is no term of ours: blank nodes and quoted triples have no place in a document")


def _literal(literal: Literal, type_: str) -> Any:
    """A bare string where the context gives it the right type, else an object that says what it is."""
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    datatype = literal.datatype.value
    if datatype == (type_ or STRING):
        return literal.value
    return {"@value": literal.value} if datatype == STRING else {"@value": literal.value, "@type": datatype}


@lru_cache(maxsize=256)  # of classes there are some dozens
def _class(type_: NamedNode) -> str:
    """A class by its name in the context, or with its prefix."""
    if type_.value in classes():
        return classes()[type_.value]
    for prefix, namespace in NAMESPACES.items():
        if type_.value.startswith(namespace):
            return f"{prefix}:{type_.value.removeprefix(namespace)}"
    return type_.value
