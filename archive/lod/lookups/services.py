"""Services: those of others that the site has named in its settings. No other is ever asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.conf import conf
from archive.models.link import LinkSource

KINDS = ("agent", "place", "concept")


@dataclass(frozen=True, slots=True)
class Service:
    """A service; see ``AUTHORITY_SERVICES`` in archive.conf."""

    key: str
    name: str
    address: str
    #: Whose addresses it proposes, as archive.models.link.LinkSource has them.
    source: str
    #: The address of a thing, with ``{id}`` for its id.
    entity: str
    #: For each kind that is looked up there, the type in its words; empty for things of every type.
    types: Mapping[str, str]
    #: Seconds between two requests.
    delay: float

    def uri(self, id_: str) -> str:
        """The address of a thing by its id."""
        return self.entity.replace("{id}", id_)


class BadServiceError(Exception):
    """A service is described so that it cannot be asked; the message says which and why."""


def services() -> dict[str, Service]:
    """All, by their keys.

    :raises BadServiceError: one of them cannot be asked.
    """
    return {key: _service(key, each) for key, each in conf().AUTHORITY_SERVICES.items()}


def services_for(kind: str) -> list[Service]:
    """Those at which a kind of authority is looked up."""
    return [each for each in services().values() if kind in each.types]


def _service(key: str, told: object) -> Service:
    where = f"FONDS['AUTHORITY_SERVICES'][{key!r}]"
    if not isinstance(told, Mapping) or not key.isidentifier():
        raise BadServiceError(f"{where} is no mapping, or its key is no plain word.")
    address, entity = str(told.get("address", "")), str(told.get("entity", ""))
    if not address.startswith(("https://", "http://")):
        raise BadServiceError(f"{where} has no address of a service: https://… or http://….")
    if not entity.startswith(("https://", "http://")) or "{id}" not in entity:
        raise BadServiceError(f"{where} needs in entity the address of a thing, with {{id}} for its id.")
    source = str(told.get("source", LinkSource.OTHER))
    types = told.get("types")
    if source not in LinkSource.values or not isinstance(types, Mapping) or not types or set(types) - set(KINDS):
        raise BadServiceError(f"{where} needs types for agent, place or concept, and a source that the archive knows.")
    delay = told.get("delay", 1.0)
    if not isinstance(delay, int | float) or not 0 <= delay <= 60:
        raise BadServiceError(f"{where} has a delay that is no number of seconds from 0 to 60.")
    return Service(
        key, str(told.get("name", key)), address, source, entity, {k: str(v) for k, v in types.items()}, delay
    )
