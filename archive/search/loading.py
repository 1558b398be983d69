"""Loading: what is stored of the documents of a page, with a few queries, to light the hits in it.

Almost all hits stand in titles, summaries and texts. Only of a document that has not all of the words there, more is
read: first the names that it has to do with, then its references, numbers and stamps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from archive.compiled import KEYS, Compiled
from archive.description import describe
from archive.models import Document, Text
from archive.search.highlight import Part, Snippet, lit, snippets, telling
from archive.search.naming import Names
from archive.search.passages import NARROW, Passage, passages
from archive.search.syntax import Query

#: What a line of a list shows of a document, without its people.
SHOWN = ("identifier", "title", "title_language", "summary", "summary_language", "date", "date_verbatim")
#: The same and the key, in the order of the model, in which it takes values.
_COLUMNS = [each.attname for each in Document._meta.concrete_fields if each.attname in {"id", *SHOWN}]
#: What is read further, in steps: the columns, and the parts of a description that these are made of.
_STEPS = (
    (("people", "places", "topics", *NARROW), frozenset({"contributions", "subjects"})),
    (("references", "stamps"), frozenset({"references", "numbers", "events"})),
)


@dataclass(frozen=True, slots=True)
class Found:
    """One document among the results."""

    key: int
    #: With what a line of a list shows of it.
    document: Document
    title: tuple[Part, ...]
    snippets: tuple[Snippet, ...]

    @property
    def identifier(self) -> str:
        """The identifier of the document."""
        return self.document.identifier


def found(keys: Sequence[int], query: Query) -> list[Found]:
    """The public documents of a page in the order of their keys, with a constant number of queries.

    The rule of what is public is asked of the database here, whatever the index says.
    """
    documents = {row[0]: Document.from_db(DEFAULT_DB_ALIAS, _COLUMNS, row) for row in _public(keys)}
    held = _lit(documents, query)
    return [
        Found(
            key=key,
            document=documents[key],
            title=lit(documents[key].title, query, language=documents[key].title_language, field="title"),
            snippets=tuple(telling(held[key])),
        )
        for key in keys
        if key in documents
    ]


_public = Compiled(
    # Without the order of lists, for which SQLite would go through all public documents to find these twenty.
    lambda keys: Document.objects.public().filter(pk__in=keys).order_by().values_list(*_COLUMNS),
    KEYS,
)


def _lit(documents: Mapping[int, Document], query: Query) -> dict[int, list[Snippet]]:
    """The best piece of each passage of the documents that has something of what was asked for."""
    held = {key: snippets(read, query) for key, read in _read(documents.values(), query).items()}
    known: dict[Passage, list[Snippet]] = {}  # documents of a page name the same people
    for step, parts in _STEPS:
        lacking = [key for key in held if not query.answered_by({each for one in held[key] for each in one.held})]
        columns = [column for column in step if _tells(column, query)]
        if not (lacking and columns):
            continue
        for key, further in _further(lacking, columns, parts):
            for passage in further:
                if passage not in known:
                    known[passage] = snippets([passage], query)
                held[key] += known[passage]
    return held


def _tells(column: str, query: Query) -> bool:
    """Whether a column can show something; one that is a part of another only to who asked for it."""
    named = any(column in clause.columns for clause in query.clauses)
    return named or (column not in NARROW and query.looks_in(column))


def _read(documents: Iterable[Document], query: Query) -> dict[int, list[Passage]]:
    """Titles, summaries, and texts where the query looks for something in them.

    Further summaries are stored among the texts, and found as summaries (archive.search.passages).
    """
    read = {
        each.pk: [
            Passage("title", each.title, each.title_language),
            Passage("summary", each.summary, each.summary_language),
        ]
        for each in documents
    }
    if query.looks_in("text") or query.looks_in("summary"):
        of = _texts if query.looks_in("text") else _summaries
        for key, body, language, kind in of(list(read)):
            read[key].append(Passage("summary" if kind == Text.Kind.SUMMARY else "text", body, language))
    return read


def _texts_of(documents: Sequence[int]) -> QuerySet[Text, Any]:
    rows = Text.objects.filter(document__in=documents).order_by("document", "order", "id")
    return rows.values_list("document", "body", "language", "kind")


_texts = Compiled(_texts_of, KEYS)
_summaries = Compiled(lambda documents: _texts_of(documents).filter(kind=Text.Kind.SUMMARY), KEYS)


def _further(
    keys: Sequence[int], columns: Collection[str], parts: Collection[str]
) -> Iterator[tuple[int, list[Passage]]]:
    """The passages of these columns, for which a description needs these parts."""
    descriptions = describe(keys, with_sets=False, wanted=parts)
    names = Names.of(descriptions)
    for each in descriptions:
        yield each.key, [passage for passage in passages(each, names) if passage.field in columns]
