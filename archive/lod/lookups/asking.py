"""Asking: a batch of names at one service (Reconciliation Service API 0.2, section 4), politely and within bounds."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from archive.fetching.courtesy import PASSING, headers, seconds_of
from archive.fetching.failures import FetchFailed, Unavailable, Unusable
from archive.fetching.transport import Answer, fetch
from archive.lod.lookups.services import Service

#: Candidates that are asked for each name, and taken.
MOST = 5
#: Characters of an id and of a name that a service may give.
_ID, _NAME = 200, 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a service proposes: an address, what it is called there, and from 0 to 100 how sure the service is."""

    uri: str
    name: str
    score: float


def candidates(service: Service, kind: str, names: Sequence[str]) -> list[list[Candidate]]:
    """The candidates for each name, in the order of names.

    :raises FetchFailed: the service will not answer, or not in the words of the API.
    :raises Unavailable: it does not answer now.
    """
    type_ = service.types[kind]
    queries = {
        f"q{number}": {"query": name, "limit": MOST, **({"type": type_} if type_ else {})}
        for number, name in enumerate(names)
    }
    # By POST, which every service understands; some answer a GET with their manifest, whatever it asks.
    form = {"queries": json.dumps(queries, ensure_ascii=False)}
    answered = _read(service, fetch(service.address, headers=headers("application/json"), form=form))
    return [list(_candidates(service, answered.get(key))) for key in queries]


def _read(service: Service, answer: Answer) -> Mapping[str, Any]:
    if answer.status in PASSING:
        after = seconds_of(answer.headers.get("retry-after", ""))
        raise Unavailable(f"{service.name} answers with status {answer.status}.", after=after)
    if answer.status != 200:
        raise FetchFailed(f"{service.name} answers with status {answer.status}. Is {service.address} the service?")
    if urlsplit(answer.url).hostname != urlsplit(service.address).hostname:
        raise FetchFailed(f"{service.name} redirects to {answer.url}, which this site has not been told to ask.")
    try:
        read = json.loads(answer.content)
    except (ValueError, RecursionError):
        raise Unusable(f"{service.name} answers with something that is no JSON.") from None
    if not isinstance(read, Mapping):
        raise Unusable(f"{service.name} answers with something that is no result of reconciliation.")
    return read


def _candidates(service: Service, told: object) -> Iterator[Candidate]:
    """Those that can be taken; whatever else a service writes there is passed over."""
    results = told.get("result") if isinstance(told, Mapping) else None
    for each in (results if isinstance(results, list) else [])[:MOST]:
        id_ = each.get("id") if isinstance(each, Mapping) else None
        if not isinstance(id_, str) or not 0 < len(id_) <= _ID:
            continue
        score, name = each.get("score"), each.get("name")
        sure = float(score) if isinstance(score, int | float) and math.isfinite(score) else 0.0
        uri = service.uri(quote(id_, safe="/:-._~"))
        yield Candidate(uri, str(name)[:_NAME] if isinstance(name, str) else "", round(min(100.0, max(0.0, sure)), 1))
