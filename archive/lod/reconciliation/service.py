"""The service's own description, and its answers in the shapes of the API (sections 3 to 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from archive import uris
from archive.conf import conf
from archive.lod.reconciliation import properties
from archive.lod.reconciliation.asking import Extension
from archive.lod.reconciliation.finding import Candidate
from archive.lod.reconciliation.properties import PROPERTIES, TYPES, Thing

#: Size of a preview in pixels.
WIDTH, HEIGHT = 400, 160
DOCUMENTATION = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"


def manifest() -> dict[str, Any]:
    """The manifest (section 3.2)."""
    here = uris.to("archive_lod:reconcile")
    return {
        "versions": ["0.2"],
        "name": f"{conf().REPOSITORY_NAME}: agents, places and concepts",
        "identifierSpace": uris.absolute("/"),
        "schemaSpace": uris.to("archive_lod:context"),
        "documentation": DOCUMENTATION,
        "defaultTypes": types(),
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            name: {"service_url": here, "service_path": f"/suggest/{name}"} for name in ("entity", "property", "type")
        },
        "extend": {"propose_properties": {"service_url": here, "service_path": "/properties"}, "property_settings": []},
    }


def types() -> list[dict[str, str]]:
    """All types."""
    return [{"id": id_, "name": name} for id_, (_, name) in TYPES.items()]


def candidate(found: Candidate) -> dict[str, Any]:
    """A candidate of a query (section 4.3)."""
    name = found.thing.name
    return {
        "id": found.thing.id,
        "name": name if found.name == name else f"{name} ({found.name})",
        "description": found.thing.description,
        "type": found.thing.types,
        "score": found.score,
        "match": found.match,
    }


def suggestion(found: Candidate) -> dict[str, Any]:
    """A thing that is suggested while somebody types (section 6.1)."""
    return {
        "id": found.thing.id,
        "name": found.thing.name,
        "description": found.thing.description,
        "notable": found.thing.types,
    }


def suggested_types(prefix: str) -> list[dict[str, str]]:
    """Types whose name begins with what was typed (section 6.3)."""
    return [each for each in types() if each["name"].casefold().startswith(prefix.casefold())]


def suggested_properties(prefix: str) -> list[dict[str, str]]:
    """Properties one word of whose name begins with what was typed (section 6.2)."""
    wanted = prefix.casefold()
    return [
        {"id": each.pid, "name": each.name}
        for each in PROPERTIES.values()
        if any(word.startswith(wanted) for word in [each.pid.casefold(), *each.name.casefold().split()])
    ]


def proposal(type_: str, limit: int | None) -> dict[str, Any]:
    """What can be told of things of a type (section 7.1)."""
    kind = TYPES.get(type_, ("", ""))[0]
    found = [{"id": p.pid, "name": p.name} for p in PROPERTIES.values() if not kind or kind in p.kinds]
    return {"type": type_, "properties": found[:limit]}


def extended(asked: Extension, things: Mapping[str, Thing]) -> dict[str, Any]:
    """The values of properties (section 7.3)."""
    known = properties.values(things.values(), set(asked.pids))
    meta = [
        {"id": pid, "name": PROPERTIES[pid].name if pid in PROPERTIES else pid} for pid in dict.fromkeys(asked.pids)
    ]
    return {
        "meta": meta,
        "rows": {id_: _row(known.get(things[id_]) if id_ in things else None, asked.pids) for id_ in asked.ids},
    }


def _row(known: Mapping[str, properties.Values] | None, pids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    return {pid: list(known[pid].cells) if known else [] for pid in pids}


def _property_name(pid: str) -> str:
    return PROPERTIES[pid].name if pid in PROPERTIES else pid
