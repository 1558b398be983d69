"""Collecting: the collections that sources say documents are in, found by their addresses, made where they lack."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.utils.text import slugify

from archive import history
from archive.accession.own import identifier_in
from archive.models import Collection

#: Characters that a title and a slug hold.
_TITLE, _SLUG = 500, 100


def collections_at(titles: Mapping[str, str], *, note: str = "") -> dict[str, Collection]:
    """The collections at these addresses, by address; ``titles`` has the title of each, for those that are made.

    An own address means the collection that has it. Of another archive's, the one that came from that address before:
    its slug is that of the address, with a mark where a collection of another title has that slug here.
    """
    slugs = {address: _slugs(address) for address in titles}
    wanted = {slug for each in slugs.values() for slug in each}
    held = {each.slug: each for each in Collection.objects.filter(slug__in=wanted)}
    found: dict[str, Collection] = {}
    made = []
    for address, title in sorted(titles.items()):
        for slug in slugs[address]:
            there = held.get(slug)
            if there is None:
                there = held[slug] = Collection(slug=slug, title=title[:_TITLE] or slug)
                made.append(there)
            if len(slugs[address]) == 1 or there.title == title[:_TITLE] or slug == slugs[address][-1]:
                found[address] = there
                break
    Collection.objects.bulk_create(made)
    history.record([each.pk for each in made], act=history.ACCESSION, note=note, of=Collection)
    return found


def _slugs(address: str) -> tuple[str, ...]:
    """What the collection at an address may be called here, the better first."""
    if own := identifier_in(address, "collection"):
        return (own,)
    mark = hashlib.sha256(address.encode()).hexdigest()[:8]
    name = slugify(address.rstrip("/").rpartition("/")[2])[: _SLUG - len(mark) - 1] or "collection"
    return (name, f"{name}-{mark}")
