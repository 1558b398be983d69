"""ListSets: how the records can be asked for by group (OAI-PMH 2.0, section 4.6). A set is a collection."""

from __future__ import annotations

from typing import NamedTuple

from archive.models import Collection
from archive.sets import spec_of
from harvest.characters import legal
from harvest.formats.oai_dc import Element, fragment
from harvest.provider import store
from harvest.provider.errors import NoSetHierarchyError


class Set(NamedTuple):
    """A set; ``description`` is a fragment of oai_dc, empty where there is none."""

    spec: str
    name: str
    description: bytes


def list_sets() -> list[Set]:
    """The collections that have or had a record in them, each below its parent.

    One that never had any is not public: its title may tell of documents that are not. One whose records have
    all gone stays, because harvesters of the set ask for its deleted records.

    All on one page: sets are few, and so a resumption token for them is never made.

    :raises NoSetHierarchyError: where there are none.
    """
    collections = list(Collection.objects.all())
    parents = {each.pk: each.parent_id for each in collections}
    slugs = {each.pk: each.slug for each in collections}
    specs = {each.pk: spec_of(each.pk, parents, slugs) for each in collections}
    found = sorted(
        Set(specs[each.pk], legal(each.title), _description(legal(each.description)))
        for each in collections
        if store.has_members(specs[each.pk])
    )
    if not found:
        raise NoSetHierarchyError("This repository has no sets.")
    return found


def _description(text: str) -> bytes:
    return fragment([Element("description", text)]) if text.strip() else b""
