"""Celery tasks: shells that call one verb."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from archive.search import agreement, building, upkeep
from archive.search.index import folder

logger = logging.getLogger(__name__)

#: Turns of the lock that one task goes on with a build; then the next task does.
TURNS = 2


@shared_task
def catch_up() -> None:
    """Index what has changed; begin to build where there is no index, and go on where nobody does."""
    upkeep.catch_up()
    if building.needed() or building.fallen_silent():
        build.delay()


@shared_task
def build() -> None:
    """Go on with building a whole new index, and hand over to the next task."""
    try:
        done = building.go_on(building.begin(), most=TURNS)
    except folder.BusyError:
        return  # whoever writes hands over to the next task, or the sweeper does
    if not done:
        build.delay()


@shared_task
def agree() -> None:
    """Compare the index with the documents, and mend what differs; build one anew that was begun for far fewer."""
    try:
        differences = agreement.compared()
    except folder.NoIndexError:
        return
    if building.outgrown():
        build.delay()
    if differences:
        logger.warning("the index lacks %s and has %s too much", differences.missing[:20], differences.surplus[:20])
        agreement.repair(differences)
        upkeep.catch_up()


@worker_ready.connect
def catch_up_at_start(**kwargs: Any) -> None:
    """Go on with what a worker before this one left lying."""
    catch_up.delay()
