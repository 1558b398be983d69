"""ListSets: how the records can be asked for by group (OAI-PMH 2.0, section 4.6). A set is a collection."""

from __future__ import annotations

from typing import NamedTuple

from archive.models import Collection
from archive.sets import spec_of
from harvest.characters import legal
from harvest.formats.oai_dc import Element, fragment
from harvest.provider.errors import NoSetHierarchyError


class Set(NamedTuple):
    """A set; ``description`` is a fragment of oai_dc, empty where there is none."""

    spec: str
    name: str
    description: bytes


def list_sets() -> list[Set]:
    """Every collection, each below its parent; empty ones too, because a collection is public by itself.

    All on one page: sets are few, and so a resumption token for them is never made.

    :raises NoSetHierarchyError: where there are no collections.
    """
    collections = list(Collection.objects.all())
    if not collections:
        raise NoSetHierarchyError("This repository has no sets.")
    parents = {each.pk: each.parent_id for each in collections}
    slugs = {each.pk: each.slug for each in collections}
    return sorted(
        Set(spec_of(each.pk, parents, slugs), legal(each.title), _description(legal(each.description)))
        for each in collections
    )


def _description(text: str) -> bytes:
    return fragment([Element("description", text)]) if text.strip() else b""
