"""The graph of one document: everything that its description says, as triples without blank nodes.

One function an aspect, in ``statements``, ``records``, ``subjects``, ``texts``, ``pages``, ``holdings`` and
``provenance``. All serialisations are made from this list, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from pyoxigraph import NamedNode, Triple

from archive.description import Description
from archive.lod import holdings, pages, provenance, records, statements, subjects, texts
from archive.lod.vocabulary import A

#: In the order in which the document's own properties are written.
ASPECTS = (
    records.types,
    statements.triples,
    records.creation,
    records.original_language,
    records.numbers,
    records.distribution,
    records.contributions,
    subjects.agents,
    subjects.subjects,
    subjects.associations,
    records.relations,
    records.events,
    texts.triples,
    pages.triples,
    records.collections,
    holdings.triples,
    provenance.triples,
)


def graph(description: Description) -> list[Triple]:
    """The triples of a document, each once, those of one subject together and the document's own first."""
    return list(chain.from_iterable(by_subject(description).values()))


def by_subject(description: Description) -> dict[NamedNode, list[Triple]]:
    """The triples of a document by what they are about, the document first; its types before its properties."""
    return grouped(description.uri, dict.fromkeys(_triples(description)))


def grouped(uri: str, triples: Iterable[Triple]) -> dict[NamedNode, list[Triple]]:
    """Triples by what they are about: what has the URI first, and of each thing its types before its properties."""
    subjects: dict[NamedNode, dict[NamedNode, list[Triple]]] = {NamedNode(uri): {A: []}}
    for triple in triples:
        assert isinstance(triple.subject, NamedNode), "hash URIs, no blank nodes"  # noqa: S101
        properties = subjects.setdefault(triple.subject, {A: []})
        properties.setdefault(triple.predicate, []).append(triple)
    return {subject: list(chain.from_iterable(properties.values())) for subject, properties in subjects.items()}


def _triples(description: Description) -> Iterator[Triple]:
    for aspect in ASPECTS:
        yield from aspect(description)
