"""Celery tasks: shells that call one verb. The RDF library is loaded when one runs, not by who sends it."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready


@shared_task
def follow() -> None:
    """Let the store that SPARQL asks follow what has changed. Hinted at by every change, and by the clock."""
    from archive.lod.sparql import writing

    writing.follow()


@shared_task
def rebuild_store() -> None:
    """Write the store that SPARQL asks anew from the representations."""
    from archive.lod.sparql import writing

    writing.rebuild()


@shared_task
def push() -> None:
    """Let the outside triple store follow what has changed. Hinted at and by the clock, as the other."""
    from archive.lod import pushing

    pushing.push()


@shared_task
def keep_names() -> None:
    """Let the names that reconciliation finds be those of the archive."""
    from archive.lod.reconciliation import names

    names.keep()


@shared_task
def dump() -> None:
    """Write everything that is public to files, once a night."""
    from archive.lod.dumps import writing

    writing.dump()


@shared_task
def dump_if_due() -> None:
    """Write the files anew where something that they hold was withdrawn, and where there are none yet."""
    from archive.lod.dumps import writing

    writing.dump_if_due()


@shared_task
def check_shapes(check_id: int) -> None:
    """Check whether everything that is public has its shape."""
    from archive.lod.shapes import checking

    checking.run(check_id)


@shared_task
def look_up(look_up_id: int) -> None:
    """Look authorities up at a service of others."""
    from archive.lod.lookups import looking

    looking.run(look_up_id)


@shared_task
def go_on() -> None:
    """Take up what a worker left lying; by the clock."""
    from archive.lod import works
    from archive.lod.models import LookUp, ShapeCheck

    for pk in works.open_works(ShapeCheck):
        check_shapes.delay(pk)
    for pk in works.open_works(LookUp):
        look_up.delay(pk)


@worker_ready.connect
def follow_at_start(**kwargs: Any) -> None:
    """Go on with what a worker before this one left lying."""
    follow.delay()
    push.delay()
    keep_names.delay()
    go_on.delay()
