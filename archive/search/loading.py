"""Loading: what is stored of the documents of a page, with a few queries, to light the hits in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.description import describe
from archive.models import Document, Text
from archive.search.highlight import Part, Snippet, lit, snippets, telling
from archive.search.naming import Names
from archive.search.passages import Passage, passages
from archive.search.syntax import Query


@dataclass(frozen=True, slots=True)
class Found:
    """One document among the results."""

    key: int
    identifier: str
    title: tuple[Part, ...]
    snippets: tuple[Snippet, ...]


def found(keys: Sequence[int], query: Query) -> list[Found]:
    """The public documents of a page in the order of their keys, with a constant number of queries.

    The rule of what is public is asked of the database here, whatever the index says.
    """
    documents = {
        document.pk: document
        for document in Document.objects.public()
        .filter(pk__in=keys)
        .only("identifier", "title", "title_language", "summary", "summary_language")
    }
    read = _read(documents.values())
    held = {key: snippets(read[key], query) for key in documents}
    # What is in none of them must be a name, a number or a stamp.
    lacking = [key for key in documents if not query.answered_by({each for one in held[key] for each in one.held})]
    for key, further in _further(lacking).items():
        held[key] += snippets(further, query)
    return [
        Found(
            key=key,
            identifier=documents[key].identifier,
            title=lit(documents[key].title, query, language=documents[key].title_language, field="title"),
            snippets=tuple(each for each in telling(held[key]) if each.field != "title"),
        )
        for key in keys
        if key in documents
    ]


def _read(documents: Iterable[Document]) -> dict[int, list[Passage]]:
    """Titles, summaries and texts, in which almost all hits are."""
    read = {
        each.pk: [
            Passage("title", each.title, each.title_language),
            Passage("summary", each.summary, each.summary_language),
        ]
        for each in documents
    }
    texts = Text.objects.filter(document__in=read).order_by("document", "order", "id")
    for key, body, language in texts.values_list("document", "body", "language"):
        read[key].append(Passage("text", body, language))
    return read


def _further(keys: Sequence[int]) -> dict[int, list[Passage]]:
    if not keys:
        return {}
    descriptions = describe(keys, with_sets=False)
    names = Names.of(descriptions)
    found: dict[int, list[Passage]] = defaultdict(list)
    for each in descriptions:
        found[each.key] = [p for p in passages(each, names) if p.field not in {"title", "summary", "text"}]
    return found
