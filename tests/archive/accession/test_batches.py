"""Batches: how often the database is asked while many sources are handed in, read and entered at once.

The ceilings are what it takes now, and a little: whoever needs a query more for each batch may raise them. A query
for each document may not come back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import accession, history, readiness
from archive.accession.originals import Kept
from archive.accession.work import Step, step
from archive.description import describe
from archive.inserting import AT_ONCE
from archive.models import Document, Finding, Readiness
from archive.publication.retelling import retell
from archive.readers import Source
from tests.sources import FILIPPOV, ROSHCHIN, altered

#: Nothing is committed, so that no hint is sent and nobody works but the test.
pytestmark = pytest.mark.django_db

#: Either are more than one statement writes, with some left over for another.
FEW, MANY = AT_ONCE + 2, 2 * AT_ONCE + 4
#: Of those to enter, six ask what is told beside the documents that are public, units and authorities and collections.
READING, ENTERING = 16, 76


def telegrams(count: int, *, of: str) -> list[Source]:
    """Telegrams of both layouts, each a document of its own, with people and units that recur."""
    marked = [altered(FILIPPOV, ("110692", f"{of}{number}")) for number in range(count // 2)]
    plain = [altered(ROSHCHIN, ("25629", f"{of}{number}"), ("Yelezov", "Kotov")) for number in range(count // 2)]
    return [*marked, *plain]


def asked(verb: Callable[[], Any]) -> int:
    """How many statements something takes."""
    with CaptureQueriesContext(connection) as queries:
        verb()
    return len(queries)


def statements_of(count: int, *, of: str) -> tuple[int, int]:
    """How many statements it takes to read and to enter as many telegrams, in one batch each."""
    submitted, originals = accession.submit(telegrams(count, of=of)), Kept()
    reading = asked(lambda: step(submitted.pk, originals))
    assert submitted.items.filter(state="queued").count() == count
    entering = asked(lambda: step(submitted.pk, originals))
    assert submitted.items.filter(state="created").count() == count
    assert step(submitted.pk, originals) is Step.NOTHING
    return reading, entering


def finishing_of(count: int, *, of: str) -> int:
    """How many statements it takes to finish an accession of as many telegrams, none of which is public."""
    submitted, originals = accession.submit(telegrams(count, of=of)), Kept()
    while step(submitted.pk, originals) is not Step.NOTHING:
        pass
    retell()
    return asked(lambda: accession.run(submitted.pk))


def test_batch_asks_as_often_for_many_sources_as_for_few():
    statements_of(FEW, of="70")  # the authorities and the units that all have in common
    few, many = statements_of(FEW, of="71"), statements_of(MANY, of="72")

    assert many <= few
    assert many[0] <= READING
    assert many[1] <= ENTERING


def test_end_of_an_accession_asks_as_often_for_many_documents_as_for_few():
    few, many = (finishing_of(count, of=of) for count, of in ((FEW, "71"), (210, "72")))

    assert many <= few


def test_sources_are_handed_in_with_as_many_statements_however_many_they_are():
    few = asked(lambda: accession.submit(telegrams(FEW, of="71")))
    many = asked(lambda: accession.submit(telegrams(MANY, of="72")))

    assert many <= few


def test_batch_leaves_each_document_its_history_its_words_and_what_it_lacks():
    statements_of(MANY, of="71")

    keys = set(Document.objects.values_list("pk", flat=True))
    assert len(keys) == MANY
    assert history.remembered(keys) == keys
    assert set(Finding.objects.values_list("pk", flat=True)) == keys
    assert Readiness.objects.count() == len(keys) * len(list(readiness.registry))


def test_rows_written_anew_take_the_place_of_those_before():
    statements_of(FEW, of="71")
    told = {(each.document_id, each.profile): each.lacking for each in Readiness.objects.all()}
    Readiness.objects.update(lacking=["everything"], ready=False)

    readiness.assess(Document.objects.values_list("pk", flat=True))

    assert {(each.document_id, each.profile): each.lacking for each in Readiness.objects.all()} == told


def test_snapshot_of_a_document_just_entered_is_the_state_that_its_revision_holds():
    statements_of(FEW, of="71")
    keys = list(Document.objects.values_list("pk", flat=True))

    assert history.record(keys, act=history.EDITED) == {}
    assert len(describe(keys)) == FEW
