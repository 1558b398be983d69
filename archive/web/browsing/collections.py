"""Collections: all that are public, as the tree that they are, each with the number of public documents in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.models import Collection, Document
from archive.web.responses import page


@dataclass(frozen=True, slots=True)
class Branch:
    """A collection, with those below it, and how deep it stands."""

    collection: Collection
    below: tuple[Branch, ...]


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """The tree; collections are few, and read at once."""
    return page(request, "archive_web/collections.html", {"branches": tree(with_counts(Collection.objects.public()))})


def with_counts(collections: QuerySet[Collection]) -> QuerySet[Collection]:
    """Collections, each with the number of public documents in it as ``size``."""
    return collections.annotate(size=Count("documents", filter=Q(documents__in=Document.objects.public())))


def tree(collections: Iterable[Collection]) -> tuple[Branch, ...]:
    """Collections as branches, in the order in which they are given."""
    below: dict[int | None, list[Collection]] = {}
    for each in collections:
        below.setdefault(each.parent_id, []).append(each)

    def branches(parent: int | None) -> Iterator[Branch]:
        for each in below.get(parent, ()):
            yield Branch(each, tuple(branches(each.pk)))

    return tuple(branches(None))
