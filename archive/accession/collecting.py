"""Collecting: the collections that sources say documents are in, found by their addresses, made where they lack."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.text import slugify

from archive import history
from archive.accession.authorities import reserve
from archive.accession.own import identifier_in
from archive.accession.permissions import may_make_collections
from archive.models import Collection

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Characters that a title and a slug hold.
_TITLE, _SLUG = 500, 100


def collections_at(titles: Mapping[str, str], *, by: User | None, note: str = "") -> dict[str, Collection]:
    """The collections at these addresses, by address; ``titles`` has the title of each, for those that are made.

    An own address means the collection that has it; of another archive's, the one that came from that address before.
    Those that lack are made on behalf of ``by``, and stay away where that person may not make any.
    """
    slugs = {address: slug_of(address) for address in titles}
    held = _held(slugs.values())
    if held.keys() < set(slugs.values()) and may_make_collections(by):
        # Two workers that meet a new collection at once would each make it; see archive.accession.authorities.
        reserve({f"archive collection {slug}" for slug in slugs.values() if slug not in held})
        held = _held(slugs.values())
        made = {
            slug: Collection(slug=slug, title=titles[address][:_TITLE] or slug)
            for address, slug in sorted(slugs.items())
            if slug not in held
        }
        Collection.objects.bulk_create(made.values())
        history.record([each.pk for each in made.values()], act=history.ACCESSION, by=by, note=note, of=Collection)
        held |= made
    return {address: held[slug] for address, slug in slugs.items() if slug in held}


def slug_of(address: str) -> str:
    """What the collection at an address is called here: one of another archive by a mark that no other has."""
    if own := identifier_in(address, "collection"):
        return own
    mark = hashlib.sha256(address.encode()).hexdigest()[:8]
    name = slugify(address.rstrip("/").rpartition("/")[2])[: _SLUG - len(mark) - 1] or "collection"
    return f"{name}-{mark}"


def _held(slugs: Iterable[str]) -> dict[str, Collection]:
    return {each.slug: each for each in Collection.objects.filter(slug__in=set(slugs))}
