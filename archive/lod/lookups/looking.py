"""Looking: some authorities at one service, a few names at a time, and what was proposed written down as candidates."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from archive.fetching.failures import FetchFailed, Unavailable
from archive.lod import works
from archive.lod.lookups.asking import Candidate, candidates
from archive.lod.lookups.services import Service, services
from archive.lod.models import LookUp, LookUpItem
from archive.models import Agent, AuthorityLink, Concept, Place

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MODELS: dict[str, type[Agent] | type[Place] | type[Concept]] = {"agent": Agent, "place": Place, "concept": Concept}
#: Names of one request: a service answers a few sooner than many, and a kill loses no more than these.
BATCH = 5
#: Authorities of one look-up.
MOST = 1000
#: How often in a row a service may be away before the look-up is given up, and seconds to wait where it names none.
PATIENCE, PAUSE = 8, 60


def begin(kind: str, keys: Iterable[int], service: Service, *, by: User | None = None) -> LookUp:
    """A look-up that waits for a worker; authorities that were merged into others are left out."""
    found = MODELS[kind]._default_manager.filter(pk__in=list(keys), merged_into=None).order_by("pk")[:MOST]
    with transaction.atomic():
        look_up = LookUp.objects.create(kind=kind, service=service.key, created_by=by, total=len(found))
        LookUpItem.objects.bulk_create([LookUpItem(look_up=look_up, thing=each.pk) for each in found])
    return look_up


def run(look_up_id: int) -> None:
    """Look up, or go on, until all are looked up or the service is away."""
    works.run(LookUp, look_up_id, _step)


def _step(look_up: LookUp) -> int:
    items = list(look_up.items.filter(pk__gt=look_up.last).order_by("pk")[:BATCH])
    if not items:
        return 0
    service = services().get(look_up.service)
    if service is None or look_up.kind not in service.types:
        raise works.Failed(f"The site no longer looks up anything of this kind at {look_up.service}.")
    if look_up.last and service.delay:
        time.sleep(service.delay)
    things = MODELS[look_up.kind]._default_manager.in_bulk([each.thing for each in items])
    there = [each for each in items if each.thing in things]
    try:
        found = candidates(service, look_up.kind, [things[each.thing].name for each in there]) if there else []
    except Unavailable as away:
        look_up.put_off += 1
        if look_up.put_off > PATIENCE:
            raise works.Failed(f"{away} That was so {PATIENCE} times in a row.") from None
        raise works.PutOff(str(away), seconds=PAUSE if away.after is None else away.after) from None
    except FetchFailed as failure:
        raise works.Failed(str(failure)) from None
    look_up.put_off, look_up.message = 0, ""
    for item, proposed in zip(there, found, strict=True):
        item.proposed = len(proposed)
        item.new = _write(look_up.kind, service, things[item.thing], proposed)
        look_up.found += item.new
    LookUpItem.objects.bulk_update(there, ["proposed", "new"])
    look_up.last = items[-1].pk
    return len(items)


def _write(kind: str, service: Service, thing: Any, proposed: Sequence[Candidate]) -> int:
    """Write candidates down; the number that are new. What was accepted or rejected once is not proposed again."""
    known = set(AuthorityLink.objects.filter(**{kind: thing}).values_list("uri", flat=True))
    best = {each.uri: each for each in sorted(proposed, key=lambda each: each.score)}
    links = [
        AuthorityLink(**{kind: thing}, source=service.source, uri=each.uri, score=each.score)
        for each in best.values()
        if each.uri not in known and len(each.uri) <= 500
    ]
    AuthorityLink.objects.bulk_create(links, ignore_conflicts=True)
    return len(links)
