"""Own addresses: what this archive itself has, known again by the address at which it publishes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from archive import uris
from archive.models import ArchivalUnit
from archive.models.identifiers import PATTERN

#: Where the address of each kind of thing is made.
ADDRESSES: dict[str, Callable[[str], str]] = {
    "agent": uris.agent,
    "place": uris.place,
    "concept": uris.concept,
    "scheme": uris.scheme,
    "collection": uris.collection,
    "unit": uris.unit,
    "document": uris.document,
}
#: Those that go by a slug, and what such a one looks like.
_SLUGGED = frozenset({"scheme", "collection"})
_SLUG = re.compile(r"[-A-Za-z0-9_]{1,100}")


def identifier_in(address: str, kind: str) -> str:
    """The identifier of a thing of this archive, by its address; empty for any other address."""
    before = ADDRESSES[kind]("")
    name = address.removeprefix(before) if address.startswith(before) else ""
    return name if (_SLUG if kind in _SLUGGED else PATTERN).fullmatch(name) else ""


def identifier_of(identity: str, kind: str) -> str:
    """The same by the identity of what came in from such an address."""
    return identifier_in(identity.removeprefix(identity_at("")), kind)


def identity_at(address: str) -> str:
    """The identity of what came in from linked data, by its address there."""
    return f"url:{address}"


def units_by_address(addresses: Iterable[str]) -> dict[str, ArchivalUnit]:
    """The archival units that are here under these addresses, or that came from them."""
    wanted = set(addresses)
    came = {identity_at(each): each for each in wanted}
    own = {name: each for each in wanted if (name := identifier_in(each, "unit"))}
    found = {came[unit.identity]: unit for unit in ArchivalUnit.objects.filter(identity__in=came) if unit.identity}
    return found | {own[unit.identifier]: unit for unit in ArchivalUnit.objects.filter(identifier__in=own)}
