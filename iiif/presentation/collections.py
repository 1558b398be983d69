"""Collections of manifests, as plain data: they are made in the request, so iiif-prezi3 stays out.

One answer lists at most ``MEMBERS`` manifests; where there are more, its last item is a collection that
goes on from there, because Presentation 3 has no paging of its own.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from archive.conf import conf
from archive.models import Collection, Document, Representation
from iiif.presentation import addresses
from iiif.presentation.words import in_english, in_language, plain

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
MEMBERS = 500


def top(*, after: int = 0) -> dict[str, Any]:
    """The way in: every public collection that lies in no other, and the documents that are in none."""
    return _collection(
        addresses.top(),
        conf().REPOSITORY_NAME,
        "",
        children=Collection.objects.public().filter(parent=None),
        members=_with_manifest().filter(document__collections=None),
        after=after,
    )


def of(collection: Collection, *, after: int = 0) -> dict[str, Any]:
    """One collection: the public collections within it, and its public documents."""
    return _collection(
        addresses.collection(collection.slug),
        collection.title,
        collection.description,
        children=Collection.objects.public().filter(parent=collection),
        members=_with_manifest().filter(document__collections=collection),
        after=after,
    )


def _with_manifest() -> QuerySet[Representation]:
    return Representation.objects.filter(
        format="manifest", withdrawn=False, document__in=Document.objects.public()
    ).order_by("document_id")


def _collection(
    address: str,
    title: str,
    description: str,
    *,
    children: QuerySet[Collection],
    members: QuerySet[Representation],
    after: int,
) -> dict[str, Any]:
    """``after`` is the primary key of the last document on the list before this one."""
    rows = members.filter(document_id__gt=after).values_list(
        "document_id", "identifier", "document__title", "document__title_language"
    )
    shown = list(rows[: MEMBERS + 1])
    items = [_reference(addresses.collection(child.slug), "Collection", child.title) for child in children]
    return {
        "@context": CONTEXT,
        "id": f"{address}?after={after}" if after else address,
        "type": "Collection",
        "label": in_language("", title),
        **({"summary": in_language("", *plain([description]))} if description else {}),
        "items": [
            *([] if after else items),
            *(
                _reference(addresses.manifest(identifier), "Manifest", title, language)
                for _, identifier, title, language in shown[:MEMBERS]
            ),
            *([_further(address, shown[MEMBERS - 1][0])] if len(shown) > MEMBERS else []),
        ],
    }


def _reference(address: str, kind: str, label: str, language: str = "") -> dict[str, Any]:
    return {"id": address, "type": kind, "label": in_language(language, label)}


def _further(address: str, after: int) -> dict[str, Any]:
    return {"id": f"{address}?after={after}", "type": "Collection", "label": in_english("Further documents")}
