"""Jobs on everything: what an archivist waits for who edits, withdraws or undoes the whole filtered result.

``BENCH_DOCUMENTS=200000`` is the size that jobs are made for. A tenth of the documents is public, with eight
representations of two kilobytes each, and is withdrawn.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import counted, django_up, measured, on_each_engine, size, tell

FORMATS = ("oai_dc", "oai_dcterms", "edm", "mods", "manifest", "jsonld", "turtle", "rdfxml")


def main() -> None:
    engine = django_up()
    from archive import jobs, tasks
    from archive.jobs.operations.set_rights import SetRights
    from archive.jobs.operations.withdraw import Withdraw
    from archive.models import Document

    for task in (tasks.run_job, tasks.refresh_stale):
        task.delay = lambda *arguments: None  # what a worker does is not what an archivist waits for
    count = size(10_000)
    load(count)
    everything, public = Document.objects.all(), Document.objects.public()
    rights = SetRights(rights="Reuse is welcome.")
    for name, verb in (
        ("previewing an edit", lambda: jobs.preview(rights, everything)),
        ("writing a job", lambda: jobs.submit(rights, everything)),
        ("withdrawing a tenth", lambda: jobs.submit(Withdraw("Rights were claimed."), public)),
        ("previewing the undo of that", lambda: jobs.what_undo_does(jobs_of("withdraw"))),
    ):
        with counted() as queries:
            cpu, clock = measured(verb)
        tell(
            figure=name, engine=engine, documents=count, queries=len(queries), cpu_seconds=round(cpu, 2),
            seconds=round(clock, 2),
        )  # fmt: skip


def jobs_of(kind: str) -> Any:
    from archive.models import Job

    return Job.objects.filter(kind=kind).get()


def load(count: int) -> None:
    """Documents alone, and of every tenth what the public sees."""
    from django.db import transaction
    from django.utils import timezone

    from archive.models import Document, Representation

    now = timezone.now()
    for start in range(0, count, 1000):
        with transaction.atomic():
            made = Document.objects.bulk_create(_document(number, now) for number in range(start, start + 1000))
            Representation.objects.bulk_create(
                Representation(
                    document=each, number=each.pk, identifier=each.identifier, format=name, media_type="text/xml",
                    changed_at=now, content=b"x" * 2000, checksum="0" * 64,
                )
                for each in made
                if each.published
                for name in FORMATS
            )  # fmt: skip


def _document(number: int, now: Any) -> Any:
    from archive.models import Document

    public = number % 10 == 0
    return Document(
        identifier=f"bench-{number}",
        title=f"Telegram {number} from Roshchin to Filippov",
        state=Document.State.PUBLISHED if public else Document.State.DRAFT,
        published_at=now if public else None,
        refreshed_at=now if public else None,
    )


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
