"""Loading: what is stored of the documents of a page, with a few queries, to light the hits in it.

Almost all hits stand in titles, summaries and texts. Only of a document that has not all of the words there, more is
read: first the names that it has to do with, then its references, numbers and stamps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.description import describe
from archive.models import Document, Text
from archive.search.highlight import Part, Snippet, lit, snippets, telling
from archive.search.naming import Names
from archive.search.passages import Passage, passages
from archive.search.syntax import Query

#: What a line of a list shows of a document, without its people.
SHOWN = ("identifier", "title", "title_language", "summary", "summary_language", "date", "date_verbatim")
#: What is read further, in steps: the columns, and the parts of a description that these are made of.
_STEPS = (
    (
        frozenset({"people", "places", "topics", "sender", "addressee"}),
        frozenset({"contributions", "subjects"}),
    ),
    (frozenset({"references", "stamps"}), frozenset({"references", "numbers", "events"})),
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
    # Without the order of lists, for which SQLite would go through all public documents to find these twenty.
    public = Document.objects.public().filter(pk__in=keys).order_by()
    documents = {document.pk: document for document in public.only(*SHOWN)}
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


def _lit(documents: Mapping[int, Document], query: Query) -> dict[int, list[Snippet]]:
    """The best piece of each passage of the documents that has something of what was asked for."""
    held = {key: snippets(read, query) for key, read in _read(documents.values(), query).items()}
    for columns, parts in _STEPS:
        lacking = [key for key in held if not query.answered_by({each for one in held[key] for each in one.held})]
        if lacking and any(query.looks_in(column) for column in columns):
            for key, further in _further(lacking, columns, parts):
                held[key] += snippets(further, query)
    return held


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
    texts = Text.objects.filter(document__in=read).order_by("document", "order", "id")
    if not query.looks_in("text"):
        texts = texts.filter(kind=Text.Kind.SUMMARY)
    if read and (query.looks_in("text") or query.looks_in("summary")):
        for key, body, language, kind in texts.values_list("document", "body", "language", "kind"):
            read[key].append(Passage("summary" if kind == Text.Kind.SUMMARY else "text", body, language))
    return read


def _further(
    keys: Sequence[int], columns: Collection[str], parts: Collection[str]
) -> Iterator[tuple[int, list[Passage]]]:
    """The passages of these columns, for which a description needs these parts."""
    descriptions = describe(keys, with_sets=False, wanted=parts)
    names = Names.of(descriptions)
    for each in descriptions:
        yield each.key, [passage for passage in passages(each, names) if passage.field in columns]
