"""Runs: everything comes in once, by the archive's own route, and goes on from wherever it was broken off."""

from __future__ import annotations

import sys

import pytest

from archive import history
from archive.models import Collection, Document
from harvest import client
from harvest.client import work
from harvest.client.answers import page_of
from harvest.models import HarvestedRecord, HarvestRun, HarvestSource
from tests.harvest.client.builders import a_source, again, harvested, problems, titles
from tests.harvest.client.repository import a_deletion, a_record, an_error, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def test_every_record_becomes_a_document_of_the_collection(repository, capture):
    repository.pages = [[a_record("1"), a_record("2")], [a_record("3")]]
    letters = Collection.objects.create(slug="letters", title="Letters")

    run = harvested(a_source(repository, collection=letters), capture)

    assert (run.state, run.pages, run.records, run.handed_in, run.list_size) == ("done", 2, 3, 3, 3)
    assert titles() == ["Letter 1", "Letter 2", "Letter 3"]
    assert letters.documents.count() == 3
    assert Document.objects.get(title="Letter 1").identity == "oai:oai:other.example.org:1"


def test_documents_are_published_where_the_source_says_so(repository, capture):
    repository.pages = [[a_record("1")]]

    harvested(a_source(repository, publish=True), capture)

    assert Document.objects.public().count() == 1


def test_request_names_prefix_set_and_who_asks(repository, capture):
    repository.pages = [[a_record("1")], [a_record("2")]]

    harvested(a_source(repository, set_spec="letters", contact="aino@example.org"), capture)

    assert repository.asked == [
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "letters"},
        {"verb": "ListRecords", "resumptionToken": "1"},
    ]
    assert "aino@example.org" in repository.headers[0]["User-Agent"]
    assert "gzip" in repository.headers[0]["Accept-Encoding"]


def test_next_run_asks_from_a_while_before_the_first_answer(repository, capture):
    repository.pages = [[a_record("1")]]
    source = a_source(repository)
    harvested(source, capture)

    run = harvested(source, capture)

    assert repository.asked[-1]["from"] == "2024-03-01T11:50:00Z"
    assert not run.full
    assert (run.known, run.handed_in) == (1, 0)


def test_repository_that_counts_days_is_asked_from_a_day(repository, capture):
    repository.pages, repository.granularity = [[a_record("1", datestamp="2024-01-01")]], "YYYY-MM-DD"
    source = a_source(repository)
    harvested(source, capture)

    harvested(source, capture)

    assert repository.asked[-1]["from"] == "2024-03-01"


def test_changed_record_updates_its_document(repository, capture):
    repository.pages, source = [[a_record("1")]], a_source(repository)
    harvested(source, capture)

    repository.pages = [[a_record("1", title="Letter on mills", datestamp="2024-03-02T00:00:00Z")]]
    harvested(source, capture)

    assert titles() == ["Letter on mills"]


def test_two_runs_of_one_source_are_never_open_at_once(repository):
    source = a_source(repository)
    client.start(source)

    with pytest.raises(client.CannotStart, match="being harvested already"):
        client.start(source)


def test_source_that_does_not_answer_or_is_off_is_not_harvested(repository):
    with pytest.raises(client.CannotStart, match="no OAI-PMH"):
        client.start(a_source(repository, check_state="failed", check_message="It is no OAI-PMH."))
    with pytest.raises(client.CannotStart, match="switched off"):
        client.start(a_source(repository, name="Other", active=False))


def test_worker_that_dies_after_a_page_leaves_the_token_to_the_next(repository, capture, monkeypatch):
    repository.pages = [[a_record("1")], [a_record("2")], [a_record("3")]]
    run = client.start(a_source(repository))
    monkeypatch.setattr(work, "PAGES_AT_ONCE", 1)
    client.run(run.pk)
    HarvestRun.objects.filter(pk=run.pk).update(state="running", lease_expires_at="2020-01-01T00:00Z")

    run = again(run, capture)

    assert [each.get("resumptionToken") for each in repository.asked] == [None, "1", "2"]
    assert (run.state, run.handed_in) == ("done", 3)


def test_worker_that_dies_within_a_page_has_written_nothing_of_it(repository, capture, monkeypatch):
    repository.pages = [[a_record("1")], [a_record("2")]]
    run = client.start(a_source(repository))

    with monkeypatch.context() as patch:
        patch.setattr(work, "_save", lambda row: sys.exit())
        with pytest.raises(SystemExit):
            client.run(run.pk)
    assert not HarvestedRecord.objects.exists()

    HarvestRun.objects.filter(pk=run.pk).update(lease_expires_at="2020-01-01T00:00Z")
    assert again(run, capture).state == "done"
    assert HarvestedRecord.objects.count() == 2


def test_page_that_ends_every_worker_fails_in_the_end(repository, settings):
    run = client.start(a_source(repository))
    HarvestRun.objects.filter(pk=run.pk).update(attempts=3)

    client.run(run.pk)

    run.refresh_from_db()
    assert run.state == "failed"
    assert "A worker ended 3 times within one page" in run.message


def test_second_worker_lets_a_run_alone_that_is_in_work(repository):
    run = client.start(a_source(repository))
    work.take(run.pk)

    assert client.run(run.pk) is False
    assert not repository.asked


def test_worker_that_lost_its_lease_writes_nothing(repository, monkeypatch):
    repository.pages = [[a_record("1")]]
    run = client.start(a_source(repository))

    def read_while_another_takes_the_run(content, *, name):
        HarvestRun.objects.update(taken=9)
        return page_of(content, name=name)

    monkeypatch.setattr(work, "page_of", read_while_another_takes_the_run)
    client.run(run.pk)

    assert repository.asked
    assert not HarvestedRecord.objects.exists()


def test_expired_token_begins_again_from_the_last_datestamp(repository, capture):
    repository.pages = [[a_record("1")], [a_record("2", datestamp="2024-01-05T00:00:00Z")], [a_record("3")]]
    repository.replies = [
        lambda asked: None,
        lambda asked: None,
        lambda asked: (200, {}, an_error("badResumptionToken")),
    ]
    source = a_source(repository)

    run = harvested(source, capture)

    assert repository.asked[3]["from"] == "2024-01-05T00:00:00Z"
    assert run.restarts == 1
    assert "badResumptionToken" in problems(run)
    assert titles() == ["Letter 1", "Letter 2", "Letter 3"]


def test_expired_token_of_a_list_without_order_begins_again_at_its_beginning(repository, capture):
    late, early = a_record("1", datestamp="2024-01-05T00:00:00Z"), a_record("2", datestamp="2024-01-02T00:00:00Z")
    repository.pages = [[late, early], [a_record("3")]]
    repository.replies = [lambda asked: None, lambda asked: (200, {}, an_error("badResumptionToken"))]

    run = harvested(a_source(repository), capture)

    assert "from" not in repository.asked[2]
    assert (run.state, run.handed_in, run.known) == ("done_with_errors", 3, 2)


def test_nothing_new_is_no_error(repository, capture):
    assert harvested(a_source(repository), capture).state == "done"


def test_cancelled_run_stops_before_its_next_page(repository, capture, monkeypatch):
    repository.pages = [[a_record("1")], [a_record("2")]]
    source = a_source(repository)
    monkeypatch.setattr(work, "settle", lambda source_id: client.cancel(HarvestRun.objects.get()))

    run = harvested(source, capture)

    assert (run.state, run.pages) == ("cancelled", 1)
    source.refresh_from_db()
    assert source.next_from == ""


def test_run_that_waits_is_cancelled_at_once(repository):
    run = client.start(a_source(repository))

    assert client.cancel(run)

    run.refresh_from_db()
    assert run.state == "cancelled"
    assert not client.cancel(run)


def test_record_of_another_source_is_left_to_it(repository, capture):
    repository.pages = [[a_record("1")]]
    harvested(a_source(repository), capture)
    repository.pages = [[a_record("1", title="Forged")]]

    run = harvested(a_source(repository, name="Another"), capture)

    assert titles() == ["Letter 1"]
    assert "came from “Province” first" in problems(run)


def test_own_records_that_come_back_are_left_as_they_are(repository, capture):
    repository.pages = [[a_record("1").replace("other.example.org", "archive.example.org")]]

    run = harvested(a_source(repository), capture)

    assert not titles()
    assert "one of this archive's own" in problems(run)


def test_many_pages_of_records_that_are_left_out_are_no_circle(repository, capture):
    repository.pages = [["<record/>"] for _ in range(12)] + [[a_record("1")]]

    run = harvested(a_source(repository), capture)

    assert (run.state, run.left_out) == ("done_with_errors", 12)
    assert titles() == ["Letter 1"]


@pytest.mark.parametrize("broken", ["<header/>", "<header><identifier>x</identifier></header>", ""])
def test_record_without_what_it_needs_is_left_out_and_told(repository, capture, broken):
    repository.pages = [[f"<record>{broken}</record>", a_record("2")]]

    run = harvested(a_source(repository), capture)

    assert (run.state, run.left_out) == ("done_with_errors", 1)
    assert titles() == ["Letter 2"]


def test_whole_run_offers_what_is_known_again_and_tells_what_is_gone(repository, capture):
    repository.pages, source = [[a_record("1"), a_record("2")]], a_source(repository)
    harvested(source, capture)
    repository.pages = [[a_record("1")]]

    run = harvested(source, capture, full=True)

    assert run.handed_in == 1
    assert "oai:other.example.org:2: Known from before" in problems(run)


def test_schedule_begins_a_run_when_its_time_has_come(repository, capture):
    repository.pages = [[a_record("1")]]
    source = a_source(repository, schedule="daily", next_run_at="2020-01-01T00:00Z")

    with capture(execute=True):
        assert client.start_due() == 1
        assert client.start_due() == 0

    source.refresh_from_db()
    assert source.runs.get().state == "done"
    assert source.next_run_at.year > 2020


# --- deletions ---


def a_public_document(repository, capture, **fields) -> HarvestSource:
    repository.pages, source = [[a_record("1")]], a_source(repository, publish=True, **fields)
    harvested(source, capture)
    repository.pages = [[a_deletion("1")]]
    return source


def state() -> str:
    return Document.objects.get().state


def test_document_is_withdrawn_when_its_record_is_deleted(repository, capture):
    source = a_public_document(repository, capture)

    run = harvested(source, capture)

    assert (state(), run.deleted) == ("withdrawn", 1)
    assert Document.objects.get().state_reason == "The record was deleted at its source."


def test_document_that_a_person_has_changed_is_reported_instead(repository, capture, django_user_model):
    source = a_public_document(repository, capture)
    Document.objects.update(title="As an archivist corrected it")
    history.record(
        [Document.objects.get().pk], act=history.EDITED, by=django_user_model.objects.create(username="aino")
    )

    run = harvested(source, capture)

    assert state() == "published"
    run.refresh_from_db()
    assert "A person has changed the document" in problems(run)


@pytest.mark.parametrize(("policy", "expected"), [("withdraw", "withdrawn"), ("report", "published")])
def test_source_says_what_becomes_of_documents(repository, capture, django_user_model, policy, expected):
    source = a_public_document(repository, capture, deletions=policy)
    Document.objects.update(title="As an archivist corrected it")
    history.record(
        [Document.objects.get().pk], act=history.EDITED, by=django_user_model.objects.create(username="aino")
    )

    harvested(source, capture)

    assert state() == expected


def test_record_that_comes_back_is_published_again(repository, capture):
    source = a_public_document(repository, capture)
    harvested(source, capture)

    repository.pages = [[a_record("1", datestamp="2024-03-05T00:00:00Z")]]
    harvested(source, capture)

    assert state() == "published"


def test_deletion_waits_for_the_accession_that_brings_the_document_in(repository, capture):
    repository.pages = [[a_record("1")], [a_deletion("1")]]
    source = a_source(repository, publish=True)
    run = client.start(source)
    with capture() as unheard:
        client.run(run.pk)
    assert HarvestedRecord.objects.get().deletion == "pending"

    for each in unheard:
        each()
    client.settle(source.pk)

    assert state() == "withdrawn"


def test_deletion_of_what_never_came_is_nothing(repository, capture):
    repository.pages = [[a_deletion("1")]]

    run = harvested(a_source(repository), capture)

    assert run.state == "done"
    assert HarvestedRecord.objects.get().deletion == "nothing"


# --- provenance ---

ORIGIN = """<about><provenance xmlns="http://www.openarchives.org/OAI/2.0/provenance">
<originDescription harvestDate="2023-01-01T00:00:00Z" altered="false"><baseURL>http://first.example.org/oai</baseURL>
<identifier>oai:first:1</identifier><datestamp>2022-01-01</datestamp><metadataNamespace>urn:x</metadataNamespace>
</originDescription></provenance></about>"""


def test_provenance_tells_the_repository_and_what_it_told(repository, capture, django_assert_num_queries):
    repository.pages = [[a_record("1", about=ORIGIN)]]
    harvested(a_source(repository), capture)
    Document.objects.create(title="Not harvested")
    documents = list(Document.objects.order_by("pk").values_list("pk", flat=True))

    with django_assert_num_queries(2):
        found = client.provenance_of(documents)

    assert list(found) == documents[:1]
    nearest, first = found[documents[0]].origins
    assert (nearest.base_url, nearest.identifier) == (repository.base_url, "oai:other.example.org:1")
    assert (nearest.datestamp, nearest.altered) == ("2024-01-01T00:00:00Z", True)
    assert nearest.metadata_namespace == "http://www.openarchives.org/OAI/2.0/oai_dc/"
    assert (first.base_url, first.altered) == ("http://first.example.org/oai", False)


def test_problems_are_kept_up_to_a_number_and_counted_beyond_it(repository, capture, monkeypatch):
    monkeypatch.setattr("harvest.client.taking.PROBLEMS_KEPT", 2)
    repository.pages = [["<record/>"] * 5]

    run = harvested(a_source(repository), capture)

    assert (run.problems.count(), run.problem_count) == (2, 5)


def test_answer_of_a_list_is_read_in_any_prefix(repository, capture):
    page = answered(f"<ListRecords>{a_record('1')}</ListRecords>").replace(b"<oai_dc:dc", b"<oai_dc:dc x='y'")
    repository.replies = [lambda asked: (200, {}, page)]

    assert harvested(a_source(repository), capture).handed_in == 1
