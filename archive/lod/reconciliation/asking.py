"""Asking: from the JSON of a client to queries (Reconciliation Service API 0.2, sections 4 and 7)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

#: Queries in one batch, which clients send ten or fifty of; candidates of one query; things and properties to extend.
BATCH = 50
MOST = 25
EXTENDED = 500
PROPERTIES = 20
#: Characters of a name that count.
LENGTH = 300


class BadRequestError(Exception):
    """The request cannot be read; the message says where."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that a candidate should have."""

    pid: str
    value: str


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a batch."""

    name: str
    #: As in ``properties.TYPES``; empty for things of every type.
    types: tuple[str, ...] = ()
    limit: int = 5
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """What is asked of some things."""

    ids: tuple[str, ...]
    pids: tuple[str, ...]


def queries(text: str) -> dict[str, Query]:
    """The queries of a batch by the names that the client gave them.

    :raises BadRequestError: it is no batch, or too large a one.
    """
    read = _json(text, "queries")
    if len(read) > BATCH:
        raise BadRequestError(f"There are {len(read)} queries in the batch; this service takes {BATCH}.")
    return {name: _query(each, name) for name, each in read.items()}


def extension(text: str) -> Extension:
    """What is asked of which things.

    :raises BadRequestError: it is no data extension query, or too large a one.
    """
    read = _json(text, "extend")
    ids, properties = read.get("ids"), read.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list) or len(ids) > EXTENDED:
        raise BadRequestError(f"extend needs a list of ids, at most {EXTENDED}, and a list of properties.")
    pids = [each.get("id") for each in properties if isinstance(each, dict)]
    if (
        len(pids) != len(properties)
        or len(pids) > PROPERTIES
        or not all(isinstance(each, str) for each in [*ids, *pids])
    ):
        raise BadRequestError("In extend, ids are strings and properties are objects with an id.")
    return Extension(tuple(ids), tuple(str(each) for each in pids))


def _json(text: str, what: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise BadRequestError(f"{what} is no JSON.") from None
    if not isinstance(read, dict):
        raise BadRequestError(f"{what} is no JSON object.")
    return read


def _query(each: Any, where: str) -> Query:
    if not isinstance(each, dict) or not isinstance(each.get("query", ""), str):
        raise BadRequestError(f"Query {where[:40]!r} is no object with a query that is a string.")
    types = each.get("type", [])
    types = [types] if isinstance(types, str) else types
    if not isinstance(types, list) or not all(isinstance(type_, str) for type_ in types):
        raise BadRequestError(f"The type of query {where[:40]!r} is no string and no list of strings.")
    limit = each.get("limit", 5)
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise BadRequestError(f"The limit of query {where[:40]!r} is no number from 1 on.")
    return Query(
        name=each.get("query", "")[:LENGTH],
        types=tuple(type_ for type_ in types if type_),
        limit=min(limit, MOST),
        wanted=tuple(_wanted(each.get("properties", []), where)),
    )


def _wanted(properties: Any, where: str) -> list[Wanted]:
    if not isinstance(properties, list):
        raise BadRequestError(f"The properties of query {where[:40]!r} are no list.")
    found = []
    for each in properties[:PROPERTIES]:
        if not isinstance(each, dict) or not isinstance(each.get("pid"), str):
            raise BadRequestError(f"A property of query {where[:40]!r} has no pid.")
        values = each.get("v")
        for value in values if isinstance(values, list) else [values]:
            said = value.get("id") or value.get("name") if isinstance(value, dict) else value
            if said not in (None, ""):
                found.append(Wanted(each["pid"], str(said)))
    return found
