"""Jobs as tests need them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from archive import jobs
from archive.jobs.operations.add_subject import AddSubject
from archive.models import Agent, Document, Job
from tests.builders import a_document


def documents(count: int, **fields: Any) -> list[Document]:
    return [a_document(f"d{number}", **fields) for number in range(count)]


def a_subject(name: str = "Mao Zedong") -> AddSubject:
    agent, _ = Agent.objects.get_or_create(name=name)
    return AddSubject(agent)


def submitted(operation: jobs.Operation | None = None, *, by: User | None = None) -> Job:
    """A job on all documents whose hint got lost: within a test's transaction nothing is ever sent."""
    return jobs.submit(operation or a_subject(), Document.objects.all(), by=by)


def run(job: Job) -> Job:
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))


def states(job: Job) -> list[str]:
    return list(job.items.order_by("id").values_list("state", flat=True))
