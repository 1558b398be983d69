"""Collections: all that are public, as a tree, each with the number of public documents in it or below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.models import Collection, Document
from archive.web.responses import page


@dataclass(frozen=True, slots=True)
class Branch:
    """A collection, how many public documents are in it or below it, and the collections below it."""

    collection: Collection
    size: int
    below: tuple[Branch, ...] = ()


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """The tree; collections are few, and read at once."""
    return page(request, "archive_web/collections.html", {"branches": _tree(list(Collection.objects.public()))})


def counted(collections: Iterable[Collection]) -> list[Branch]:
    """Collections with their sizes, without those below them."""
    found = list(collections)
    sizes = _sizes([each.pk for each in found])
    return [Branch(each, sizes.get(each.pk, 0)) for each in found]


def within(collection: Collection) -> set[int]:
    """The primary keys of a collection and of all below it."""
    parents = dict(Collection.objects.order_by().values_list("pk", "parent_id"))
    found = {collection.pk}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _tree(collections: Sequence[Collection]) -> tuple[Branch, ...]:
    """Collections as branches, in the order in which they are given."""
    sizes = _sizes([each.pk for each in collections])
    below: dict[int | None, list[Collection]] = {}
    for each in collections:
        below.setdefault(each.parent_id, []).append(each)

    def branches(parent: int | None) -> Iterator[Branch]:
        for each in below.get(parent, ()):
            yield Branch(each, sizes.get(each.pk, 0), tuple(branches(each.pk)))

    return tuple(branches(None))


def _sizes(keys: Sequence[int]) -> Mapping[int, int]:
    """How many public documents are in each of some collections or below it; one that is in two of them counts once."""
    if not keys:
        return {}
    public, parameters = Document.objects.public().order_by().values("pk").query.sql_with_params()
    marks = ", ".join(["%s"] * len(keys))
    statement = (
        "WITH RECURSIVE branch(root, id) AS ("  # noqa: S608 - nothing in it comes from anybody but the ORM
        f"SELECT id, id FROM archive_collection WHERE id IN ({marks}) UNION"
        " SELECT branch.root, c.id FROM archive_collection c JOIN branch ON c.parent_id = branch.id)"
        " SELECT branch.root, COUNT(DISTINCT held.document_id) FROM branch"
        " JOIN archive_document_collections held ON held.collection_id = branch.id"
        f" WHERE held.document_id IN ({public}) GROUP BY branch.root"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*keys, *parameters])
        return dict(cursor.fetchall())
