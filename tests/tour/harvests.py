"""A source of records, one that does not answer, and what the tour sees of their runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from archive import accession
from archive.models import Accession, Collection
from archive.readers import Source
from harvest.models import HarvestedRecord, HarvestProblem, HarvestRun, HarvestSource
from tests.sources import SOURCES

IDENTIFIER = "oai:archive.example.org:gov-1911-17"
TOLD = {
    "identity": {
        "repositoryName": "Archive of an invented province", "earliestDatestamp": "1999-01-01T00:00:00Z",
        "granularity": "YYYY-MM-DDThh:mm:ssZ", "deletedRecord": "persistent", "adminEmail": "oai@archive.example.org",
    },
    "formats": [{"prefix": "oai_dc", "read": "yes"}, {"prefix": "mods", "read": ""}],
    "sets": [{"spec": "letters", "name": "Letters of the governors"}, {"spec": "maps", "name": "maps"}],
    "more_sets": False,
}  # fmt: skip


def fill_harvests(user: Any, collection: Collection) -> tuple[HarvestSource, HarvestRun, HarvestRun]:
    """A source with a run that is done and one in work, and a source that does not answer."""
    source = HarvestSource.objects.create(
        name="Archive of the province", base_url="https://archive.example.org/oai", collection=collection, told=TOLD,
        check_state="answers", set_spec="letters", next_from="2026-11-20T04:50:00Z", schedule="daily",
    )  # fmt: skip
    HarvestSource.objects.create(
        name="University library", base_url="https://library.example.org/oai", check_state="failed",
        check_message="https://library.example.org/oai answers with status 404. Is it the base URL?",
    )  # fmt: skip
    letter = (SOURCES / "oai_record" / "letter_of_the_governor.xml").read_bytes()
    came = accession.submit([Source(IDENTIFIER, letter)], collection=collection, created_by=user)
    accession.run(came.pk)
    done = _run(source, user, came)
    at_work = HarvestRun.objects.create(
        source=source, state="running", from_date="2026-11-20T04:50:00Z", pages=12, records=3000, handed_in=210,
        known=2790, list_size=8800, started_at=timezone.now(), message="To be tried again: status 503.",
        retry_at=timezone.now(), lease_expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return source, done, at_work


def _run(source: HarvestSource, user: Any, came: Accession) -> HarvestRun:
    run = HarvestRun.objects.create(
        source=source, full=True, state="done_with_errors", pages=36, records=8790, handed_in=8780, deleted=9,
        left_out=1, problem_count=2, created_by=user, started_at=timezone.now(), finished_at=timezone.now(),
    )  # fmt: skip
    run.accessions.add(came)
    told = "The answer is not valid XML; 3 characters that XML cannot carry were taken out, and the rest is as it came."
    HarvestProblem.objects.create(run=run, page=4, message=told)
    HarvestProblem.objects.create(run=run, page=7, identifier=IDENTIFIER, message="The record has no metadata.")
    HarvestedRecord.objects.create(
        source=source, identifier=IDENTIFIER, datestamp="2024-03-05T10:11:12Z", base_url=source.base_url, run=run,
        metadata_namespace="http://www.openarchives.org/OAI/2.0/oai_dc/", harvested_at=timezone.now(), accession=came,
    )  # fmt: skip
    return run
