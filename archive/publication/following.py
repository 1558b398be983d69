"""Following: documents that a stored query finds now and did not before, or the other way round."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from archive.models import Document, SetMembership, StoredQuery
from archive.models.document import DocumentQuerySet
from archive.publication.waiting import GRACE, mark_public
from archive.sets.queries import Queries, answers, around, spec_of_query, stored_queries

#: Documents that are marked in one go for one query; the rest are, when these have been rendered.
AT_ONCE = 2000
#: How long the answers of a query may be old that move by themselves.
PERIOD = timedelta(hours=1)


def follow_queries() -> list[int]:
    """Mark the documents as stale that have to enter or to leave the set of a query; return them.

    Looks at those queries alone that were changed, or whose answers move with time. All other ways for a document to
    come to answer a query go by way of rendering it.
    """
    queries = stored_queries()
    return [pk for query in queries.values() if _due(query, queries) for pk in _follow(query, queries)]


def follow_anew(query: StoredQuery) -> None:
    """Let the answers of a query that was changed, and of those within it, be compared anew."""
    queries = stored_queries()
    below = [pk for pk, each in queries.items() if query.pk in {above.pk for above in around(each, queries)}]
    StoredQuery.objects.filter(pk__in=below).update(followed_at=None, modified_at=timezone.now())


def members(spec: str) -> DocumentQuerySet:
    """The public documents that are in a set as harvesters see it."""
    return Document.objects.public().filter(_member(spec)).order_by()


def _due(query: StoredQuery, queries: Queries) -> bool:
    """Whether it has still to be followed, or time may have moved its answers."""
    moving = any(each.published_within for each in around(query, queries))
    return query.followed_at is None or (moving and query.followed_at < timezone.now() - PERIOD)


@transaction.atomic
def _follow(query: StoredQuery, queries: Queries) -> list[int]:
    """The documents that moved, at most ``AT_ONCE``. The query is done with when there were fewer.

    Not in the first minute after a change: a worker that began before may still store what it read then.
    """
    StoredQuery.objects.select_for_update().filter(pk=query.pk).first()
    began = timezone.now()
    member = _member(spec_of_query(query, queries))
    # Those that failed stay as they are until they are changed, and those marked before are on their way.
    movable = Document.objects.public().filter(publication_error="", refreshed_at__isnull=False).order_by()
    found = Q(pk__in=answers(query, queries).values("pk"))
    moved = movable.filter((found & ~member) | (~found & member))
    marked = list(moved.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if marked:
        mark_public(Document.objects.filter(pk__in=marked))
    if len(marked) < AT_ONCE and query.modified_at < began - GRACE:
        StoredQuery.objects.filter(pk=query.pk).update(followed_at=began)
    return marked


def _member(spec: str) -> Q:
    """That one of a document's representations is in the set."""
    rows = SetMembership.objects.filter(representation__document=OuterRef("pk"), spec=spec, left=False)
    return Q(Exists(rows))
