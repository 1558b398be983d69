"""Finding: documents by a part of their title, identifier, numbers, references, or names, whatever their state.

What a document itself says is kept in one narrow row (archive.models.finding), written with the history, so whoever
changes documents need not know of it. By what names people are known is asked anew every time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from archive.inserting import New, Row, insert, values
from archive.models import Agent, AgentName, ArchivalReference, Contribution, Document, DocumentNumber, Finding
from archive.models.document import DocumentQuerySet
from archive.narrowing import among, few

#: What a document is called beside its title and identifier: parts of it, and the column that says so.
_CALLED: dict[str, tuple[type[Model], str]] = {
    "numbers": (DocumentNumber, "value"),
    "references": (ArchivalReference, "verbatim"),
    "contributions": (Contribution, "as_written"),
}


def note(document_ids: Iterable[int]) -> None:
    """Write down anew under which words documents are found. The number of queries does not depend on theirs."""
    ids = list(document_ids)
    words: dict[int, list[str]] = defaultdict(list)
    for pk, *called in Document.objects.filter(pk__in=ids).values_list("pk", "title", "identifier"):
        words[pk] += called
    for model, column in _CALLED.values():
        rows = model._default_manager.filter(document__in=ids).order_by("document", "order", "id")
        for pk, value in rows.values_list("document", column):
            words[pk].append(value)
    insert(Finding, _found(words), unique=("document",))


def note_new(new: New) -> None:
    """The same of documents that have just been inserted, without reading them."""
    words = {pk: [title, identifier] for pk, title, identifier in values(new.rows, "pk", "title", "identifier")}
    for relation, (_, column) in _CALLED.items():
        for pk, value in values(new.parts.get(relation, ()), "document_id", column):
            words[pk].append(value)
    insert(Finding, _found(words))


def _found(words: Mapping[int, Sequence[str]]) -> Iterator[Row]:
    return ({"document": pk, "words": folded("\n".join(dict.fromkeys(each)))} for pk, each in words.items())


def folded(words: str) -> str:
    """Words as they are compared: in lower case, and with nothing that the database could not hold."""
    return words.replace("\0", "").casefold()


def answering(documents: DocumentQuerySet, typed: str) -> DocumentQuerySet:
    """Those of the documents that have every word that was typed, or a part of a word, somewhere.

    Where few do, they are listed; where many do, each document is asked in the order of the list, and a page is full
    after a few. The other way round, either would read the whole archive.
    """
    asked = [word for word in folded(typed).split() if word]
    if not asked:
        return documents
    rows = Finding.objects.order_by()
    for word in asked:
        rows = rows.filter(_has(word))
    found = few(rows)
    if found is not None:
        return documents.filter(pk__in=among(found))
    return documents.filter(Exists(rows.filter(document=OuterRef("pk"))))


def answering_among(document_ids: Collection[int], typed: str) -> set[int]:
    """Those of a few documents that ``answering`` would find, without a look at any others."""
    rows = Finding.objects.order_by().filter(document__in=document_ids)
    for word in folded(typed).split():
        parts = Contribution.objects.order_by().filter(document__in=document_ids)
        named = parts.filter(agent__in=_known_as(word).values("pk")).values("document")
        rows = rows.filter(_stands(word) | Q(document__in=named))
    return set(rows.values_list("document", flat=True))


def _stands(word: str) -> Q:
    """The condition on a ``Finding`` that the word stands in it."""
    return Q(GreaterThan(StrIndex(F("words"), Value(word)), 0))


def _has(word: str) -> Q:
    """The condition on a ``Finding``: the word stands in it, or names somebody who had a part in the document."""
    stands = _stands(word)
    known = few(_known_as(word), "pk")
    if known == []:
        return stands
    people: Any = _known_as(word).values("pk") if known is None else among(known)
    found = None if known is None else few(Contribution.objects.filter(agent__in=people))
    if found is not None:
        return stands | Q(document__in=among(set(found)))
    # An expression, so that no engine looks for each of the people in each of the documents.
    parts = Contribution.objects.order_by().alias(who=F("agent_id") + 0)
    return stands | Q(Exists(parts.filter(document=OuterRef("document"), who__in=people)))


def _known_as(word: str) -> QuerySet[Agent]:
    """The agents with a name that has the word in it.

    SQLite knows capitals of ASCII alone, so that the word is asked for with a capital too.
    """
    forms = {word, word.capitalize()}
    agents = Agent.objects.order_by()
    own, further = Q(), Q()
    for form in forms:
        own |= Q(name__icontains=form)
        further |= Q(value__icontains=form)
    return agents.filter(own | Q(pk__in=AgentName.objects.order_by().filter(further).values("agent")))
