"""Sources as tests need them, and what their harvests bring."""

from __future__ import annotations

from archive.models import Document
from harvest import client
from harvest.models import HarvestRun, HarvestSource


def a_source(repository, **fields) -> HarvestSource:
    """A source that answers."""
    return HarvestSource.objects.create(
        **{
            "name": "Province", "base_url": repository.base_url, "delay": 0, "check_state": "answers",
            "told": {"identity": {"granularity": repository.granularity}}, **fields,
        }
    )  # fmt: skip


def harvested(source: HarvestSource, capture, **arguments) -> HarvestRun:
    """A run of a source, worked off as far as it goes."""
    with capture(execute=True):
        run = client.start(HarvestSource.objects.get(pk=source.pk), **arguments)
    run.refresh_from_db()
    return run


def again(run: HarvestRun, capture) -> HarvestRun:
    """The same, taken up once more when its time has come."""
    HarvestRun.objects.filter(pk=run.pk).update(retry_at=None)
    with capture(execute=True):
        while client.run(run.pk):
            pass
    run.refresh_from_db()
    return run


def titles() -> list[str]:
    """The titles of all documents."""
    return list(Document.objects.order_by("title").values_list("title", flat=True))


def problems(run: HarvestRun) -> str:
    """What a run tells of records."""
    return "\n".join(f"{each.identifier}: {each.message}" for each in run.problems.all())
