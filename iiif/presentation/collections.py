"""Collections of manifests, as plain data: they are made in the request, so iiif-prezi3 stays out.

Presentation 3 has no paging. A collection with more than ``MEMBERS`` documents lists pages of them instead, each a
collection of its own, so that whoever looks for the last one need not walk past all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from archive import uris
from archive.conf import conf
from archive.models import ArchivalUnit, Collection, Document, Page, Representation
from archive.units import leading_to, within
from iiif.presentation import addresses, links
from iiif.presentation.canvases import thumbnail
from iiif.presentation.words import LanguageMap, in_english, in_every_language, in_language, plain
from iiif.search import services

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
MEMBERS = 500


@dataclass(frozen=True, slots=True)
class Listing:
    """What is told of a collection: collections within it, then its documents."""

    address: str
    label: LanguageMap
    members: QuerySet[Representation]
    summary: str = ""
    page: str = ""
    children: tuple[dict[str, Any], ...] = ()
    part_of: tuple[dict[str, Any], ...] = field(default=())
    services: tuple[dict[str, Any], ...] = ()


def top(*, after: int | None = None) -> dict[str, Any]:
    """The way in: the archival tree, every public collection that lies in no other, and the documents in none."""
    listing = Listing(
        addresses.top(),
        in_every_language(conf().REPOSITORY_NAME),
        _with_manifest().filter(document__collections=None),
        page=uris.absolute("/"),
        children=(*_tree(), *_within(Collection.objects.public().filter(parent=None))),
        services=services.of_collection("top"),
    )
    return _told(listing, after)


def of(collection: Collection, *, after: int | None = None) -> dict[str, Any]:
    """One collection: the public collections within it, and its public documents."""
    above = addresses.collection(collection.parent.slug) if collection.parent else addresses.top()
    label = collection.parent.title if collection.parent else conf().REPOSITORY_NAME
    listing = Listing(
        addresses.collection(collection.slug),
        in_language("", collection.title),
        _with_manifest().filter(document__collections=collection),
        summary=collection.description,
        page=uris.collection(collection.slug),
        children=tuple(_within(Collection.objects.public().filter(parent=collection))),
        part_of=(_reference(above, "Collection", in_every_language(label)),),
        services=services.of_collection(collection.slug),
    )
    return _told(listing, after)


def holdings() -> dict[str, Any]:
    """The archival tree: every repository that something public is kept in."""
    listing = Listing(
        addresses.holdings(),
        in_english("Archival holdings"),
        Representation.objects.none(),
        children=tuple(_units(ArchivalUnit.objects.filter(parent=None))),
        part_of=(_reference(addresses.top(), "Collection", in_every_language(conf().REPOSITORY_NAME)),),
    )
    return _told(listing, None)


def of_unit(unit: ArchivalUnit, *, after: int | None = None) -> dict[str, Any]:
    """One archival unit: the units within it that lead to something public, and the public documents kept in itself."""
    above = addresses.unit(unit.parent.identifier) if unit.parent else addresses.holdings()
    label = _unit_label(unit.parent) if unit.parent else in_english("Archival holdings")
    listing = Listing(
        addresses.unit(unit.identifier),
        _unit_label(unit),
        _with_manifest().filter(document__references__unit=unit).distinct(),
        summary=unit.description,
        page=uris.unit(unit.identifier),
        children=tuple(_units(ArchivalUnit.objects.filter(parent=unit))),
        part_of=(_reference(above, "Collection", label),),
    )
    return _told(listing, after)


def public_unit(identifier: str) -> ArchivalUnit | None:
    """A unit that a public document is kept in or below."""
    return ArchivalUnit.objects.filter(leading_to(Document.objects.public()), identifier=identifier).first()


# --- what a collection tells ---


def _told(listing: Listing, after: int | None) -> dict[str, Any]:
    """``after`` is the primary key of the last document before a page; None for the collection itself."""
    pages = _pages(listing) if after is None else []
    own = {
        "@context": CONTEXT,
        "id": listing.address if after is None else f"{listing.address}?after={after}",
        "type": "Collection",
        "label": listing.label,
        **({"summary": in_language("", *plain([listing.summary]))} if listing.summary else {}),
        "provider": links.provider(),
        **(links.homepage(listing.page, listing.label) if listing.page else {}),
        **({"service": list(listing.services)} if listing.services else {}),
    }
    above = _reference(listing.address, "Collection", listing.label)
    part_of = listing.part_of if after is None else (above,)
    items = [
        *(listing.children if after is None else ()),
        *(pages or _manifests(listing.members, after or 0)),
    ]
    return {**own, **({"partOf": list(part_of)} if part_of else {}), "items": items}


def _pages(listing: Listing) -> list[dict[str, Any]]:
    """The pages of a collection that has more documents than fit one; none where it has not."""
    ids = listing.members.values_list("document_id", flat=True)
    if len(ids[: MEMBERS + 1]) <= MEMBERS:
        return []
    every = list(ids)
    starts = range(0, len(every), MEMBERS)
    images = _thumbnails([every[start] for start in starts])
    return [
        _reference(
            f"{listing.address}?after={every[start - 1] if start else 0}",
            "Collection",
            in_english(f"Documents {start + 1:,}–{min(start + MEMBERS, len(every)):,}"),
            **images.get(every[start], {}),
        )
        for start in starts
    ]


def _manifests(members: QuerySet[Representation], after: int) -> Iterator[dict[str, Any]]:
    """The documents of one page, each with its first page image and its own page."""
    rows = members.filter(document_id__gt=after).values_list(
        "document_id", "identifier", "document__title", "document__title_language"
    )
    shown = list(rows[:MEMBERS])
    images = _thumbnails([key for key, *_ in shown])
    for key, identifier, title, language in shown:
        label = in_language(language, title)
        page = links.homepage(uris.document(identifier), label)
        yield _reference(addresses.manifest(identifier), "Manifest", label, **images.get(key, {}), **page)


def _within(collections: QuerySet[Collection]) -> Iterator[dict[str, Any]]:
    for each in collections:
        label = in_language("", each.title)
        first = _with_manifest().filter(document__collections=each).values_list("document_id", flat=True).first()
        yield _reference(
            addresses.collection(each.slug),
            "Collection",
            label,
            **_thumbnail_of(first),
            **links.homepage(uris.collection(each.slug), label),
        )


def _tree() -> Iterator[dict[str, Any]]:
    """The archival tree, where anything public is kept in it."""
    if any(_units(ArchivalUnit.objects.filter(parent=None))):
        yield _reference(addresses.holdings(), "Collection", in_english("Archival holdings"))


def _units(units: QuerySet[ArchivalUnit]) -> Iterator[dict[str, Any]]:
    """Those of some units that lead to something public, in the order of the archive."""
    for each in units.filter(leading_to(Document.objects.public())).order_by("sort_key", "pk"):
        label = _unit_label(each)
        kept = _with_manifest().filter(document__references__unit__in=within(each))
        yield _reference(
            addresses.unit(each.identifier),
            "Collection",
            label,
            **_thumbnail_of(kept.values_list("document_id", flat=True).first()),
            **links.homepage(uris.unit(each.identifier), label),
        )


def _unit_label(unit: ArchivalUnit) -> LanguageMap:
    return links.unit_label(unit.level, unit.name, unit.title)


def _thumbnail_of(document_id: int | None) -> dict[str, Any]:
    """The first page image of a public document, small."""
    return _thumbnails([document_id]).get(document_id, {}) if document_id else {}


def _thumbnails(document_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The first page image of public documents, small; one query for all of them."""
    first = Page.objects.filter(document=OuterRef("pk")).order_by("order")
    rows = Document.objects.filter(pk__in=document_ids).annotate(
        page_identifier=Subquery(first.values("identifier")[:1]),
        page_file=Subquery(first.values("image")[:1]),
        page_width=Subquery(first.values("width")[:1]),
        page_height=Subquery(first.values("height")[:1]),
    )
    found = rows.order_by().values_list("pk", "page_identifier", "page_file", "page_width", "page_height")
    return {key: {"thumbnail": [thumbnail(*page)]} for key, *page in found if page[0]}


def _reference(address: str, kind: str, label: LanguageMap, **more: Any) -> dict[str, Any]:
    return {"id": address, "type": kind, "label": label, **more}


def _with_manifest() -> QuerySet[Representation]:
    return Representation.objects.filter(
        format="manifest", withdrawn=False, document__in=Document.objects.public()
    ).order_by("document_id")
