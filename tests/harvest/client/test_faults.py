"""Repositories that misbehave: a harvest ends with a reason, waits, or goes on; it never hangs and never lies."""

from __future__ import annotations

import gzip
import time

import pytest

from archive.fetching import transport
from archive.fetching.courtesy import seconds_of
from harvest import client
from harvest.client import failures, work
from harvest.client.mending import mended, separated
from harvest.models import HarvestRun
from tests.harvest.client.builders import a_source, again, harvested, problems, titles
from tests.harvest.client.repository import Repository, a_record, an_error, answered, speaking

pytestmark = pytest.mark.django_db


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def replied(status: int = 200, body: bytes = b"", **headers: str):
    return lambda asked: (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


# --- patience ---


@pytest.mark.parametrize("status", [429, 503])
def test_repository_that_asks_for_patience_gets_it(repository, capture, status):
    repository.pages = [[a_record("1")]]
    repository.replies = [replied(status, Retry_After="3600")]

    run = harvested(a_source(repository), capture)

    assert run.state == "running"
    assert f"status {status}" in run.message
    assert 3500 < (run.retry_at - run.started_at).total_seconds() < 3700
    assert run.pk not in client.unfinished()
    assert again(run, capture).state == "done"


def test_short_wait_is_waited_for(repository, capture):
    repository.pages = [[a_record("1")]]
    repository.replies = [replied(503, Retry_After="0")]

    assert harvested(a_source(repository), capture).state == "done"


def test_retry_after_may_be_a_date():
    assert seconds_of("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert seconds_of("120") == 120
    assert seconds_of("soon") is None


def test_repository_that_asks_to_wait_for_weeks_fails(repository, capture):
    repository.replies = [replied(503, Retry_After=str(30 * 24 * 3600))]

    run = harvested(a_source(repository), capture)

    assert run.state == "failed"
    assert "too long" in run.message


def test_silent_repository_is_asked_less_and_less_often_and_given_up(repository, capture):
    repository.always = replied(500)
    run, waits = harvested(a_source(repository), capture), []
    while run.state == "running":
        waits.append(round((run.retry_at - run.started_at).total_seconds() / 30))
        HarvestRun.objects.filter(pk=run.pk).update(started_at=None)
        run = again(run, capture)

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
    assert "Tried 9 times in a row" in run.message


def test_pause_is_kept_between_requests(repository, capture, monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    repository.pages = [[a_record("1")], [a_record("2")], [a_record("3")]]

    harvested(a_source(repository, delay=7), capture)

    assert slept == [7, 7]


# --- lists without end ---


def test_same_token_for_ever_ends_the_run_with_what_came(repository, capture):
    page = answered(f"<ListRecords>{a_record('1')}<resumptionToken>x</resumptionToken></ListRecords>")
    repository.always = replied(200, page)

    run = harvested(a_source(repository), capture)

    assert run.state == "failed"
    assert "has no end" in run.message
    assert titles() == ["Letter 1"]
    assert len(repository.asked) == 2


def test_list_that_goes_in_circles_ends(repository, capture):
    def reply(asked):
        token = {"a": "b", "b": "c"}.get(asked.get("resumptionToken"), "a")
        records = a_record(token) + f"<resumptionToken>{token}</resumptionToken>"
        return 200, {}, answered(f"<ListRecords>{records}</ListRecords>")

    repository.always = reply

    run = harvested(a_source(repository), capture)

    assert "goes in circles" in run.message
    assert len(repository.asked) < 30


def test_endless_list_ends_at_the_limit(repository, capture, open_to):
    open_to(repository.port, HARVEST_PAGE_LIMIT=5)
    repository.pages = [[a_record(str(number))] for number in range(9)]

    run = harvested(a_source(repository), capture)

    assert (run.state, run.pages) == ("failed", 5)
    assert "HARVEST_PAGE_LIMIT" in run.message


def test_token_that_is_never_good_fails_after_some_times(repository, capture):
    repository.pages = [[a_record("1")], [a_record("2")]]
    repository.always = lambda asked: (200, {}, an_error("badResumptionToken")) if "resumptionToken" in asked else None

    run = harvested(a_source(repository), capture)

    assert (run.state, run.restarts) == ("failed", 3)


@pytest.mark.parametrize("code", ["badArgument", "cannotDisseminateFormat", "noSetHierarchy"])
def test_error_of_the_protocol_is_told_in_its_words(repository, capture, code):
    repository.always = replied(200, an_error(code, "Not <!-- --> here"))

    run = harvested(a_source(repository), capture)

    assert run.state == "failed"
    assert f"The repository answers {code}: Not here" in run.message


# --- what is no XML ---


def test_control_character_ends_nothing_and_is_told(repository, capture):
    repository.pages = [[a_record("1", title="Mills\x0b and\x00 grain &#8; &#65;"), a_record("2")]]

    run = harvested(a_source(repository), capture)

    assert titles() == ["Letter 2", "Mills and grain A"]
    assert run.state == "done_with_errors"
    assert "3 characters that XML cannot carry were taken out" in problems(run)
    assert "oai:other.example.org:1: Of this record a part was taken out" in problems(run)


def test_broken_record_takes_no_other_with_it(repository, capture):
    broken = a_record("2").replace("<dc:title>", "<dc:title>Profit & <loss ")
    repository.pages = [[a_record("1"), broken, a_record("3")], [a_record("4")]]

    run = harvested(a_source(repository), capture)

    assert titles() == ["Letter 1", "Letter 3", "Letter 4"]
    assert "oai:other.example.org:2: Record 2 of the page is left out" in problems(run)


def test_bytes_that_are_no_characters_are_replaced(repository, capture):
    page = answered(f"<ListRecords>{a_record('1', title='Grain@Mill')}</ListRecords>").replace(b"@", b"\xff")
    repository.always = replied(200, page)

    harvested(a_source(repository), capture)

    assert titles() == ["Grain�Mill"]


def test_other_encodings_are_read(repository, capture):
    page = answered(f"<ListRecords>{a_record('1', title='Mühle')}</ListRecords>")
    page = page.decode().replace('"UTF-8"', '"ISO-8859-1"').encode("latin-1")
    repository.always = replied(200, page)

    harvested(a_source(repository), capture)

    assert titles() == ["Mühle"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html><body>Maintenance</body></html>", "begins with <html>"),
        (b"Internal error", "is no XML"),
        (b"", "is no XML"),
        (b'<!DOCTYPE OAI-PMH [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><OAI-PMH>&b;</OAI-PMH>', "no answer of"),
        (
            b'<!DOCTYPE OAI-PMH [<!ENTITY a SYSTEM "file:///etc/passwd">]><OAI-PMH xmlns="http://www.openarchives.org'
            b'/OAI/2.0/"><ListRecords>&a;</ListRecords></OAI-PMH>',
            "document type declaration",
        ),
        (answered("<ListRecords>" + "<a>" * 3000), "exhaust"),
    ],
)  # fmt: skip
def test_answer_that_is_no_oai_pmh_fails_with_its_reason(repository, capture, body, words):
    repository.always = replied(200, body)

    run = harvested(a_source(repository), capture)

    assert run.state == "failed"
    assert words in run.message


def test_mangled_pages_are_cut_in_one_pass():
    assert separated(b"<record>" * 200_000) is None
    assert separated(b"<r>" + b"<record>" * 100_000 + b"</record><resumptionToken>" * 100_000) is None
    assert mended(b"<record>\x01" * 200_000).removed == 200_000


# --- too much, too slow ---


def test_answer_that_is_too_large_is_not_taken(repository, capture, open_to):
    open_to(repository.port, HARVEST_ANSWER_LIMIT=100_000)
    repository.always = replied(200, b"x" * 200_000, Content_Encoding="identity")

    assert "HARVEST_ANSWER_LIMIT" in harvested(a_source(repository), capture).message


def test_small_answer_that_grows_without_end_is_stopped(repository, capture, open_to):
    open_to(repository.port, HARVEST_ANSWER_LIMIT=1_000_000)
    repository.always = replied(200, gzip.compress(b"x" * 50_000_000), Content_Encoding="gzip")

    assert "HARVEST_ANSWER_LIMIT" in harvested(a_source(repository), capture).message


def test_every_member_of_a_gzip_answer_is_read(repository, capture):
    page = answered(f"<ListRecords>{a_record('1')}</ListRecords>")
    body = gzip.compress(page[:200]) + gzip.compress(page[200:])
    repository.always = replied(200, body, Content_Encoding="gzip")

    assert harvested(a_source(repository), capture).state == "done"


SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"


def endless(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


def dripping(beginning: bytes):
    def say(connection):
        connection.sendall(beginning)
        while True:
            connection.sendall(b"X")
            time.sleep(0.05)

    return say


@pytest.mark.parametrize(
    ("say", "limits", "words"),
    [
        (endless, {"HARVEST_ANSWER_LIMIT": 1_000_000}, "more than 0 MB"),
        (dripping(b"HTTP/1.1 200 OK\r\n\r\n"), {"HARVEST_SECONDS": 1}, "longer than 1 seconds"),
        (dripping(b"HTTP/1.1 200 OK\r\nX-Slow: "), {"HARVEST_SECONDS": 1}, "longer than 1 seconds"),
        (lambda connection: None, {}, "no whole answer"),
        (lambda connection: connection.sendall(b"220 smtp.example.org\r\n"), {}, "no whole answer"),
        (lambda connection: connection.sendall(SHORT), {}, "no whole answer"),
    ],
)  # fmt: skip
def test_connection_is_cut_where_it_would_not_end(open_to, say, limits, words):
    with speaking(say) as port:
        open_to(port, **limits)

        with pytest.raises((failures.Unavailable, failures.Unusable), match=words):
            transport.fetch(f"http://127.0.0.1:{port}/oai", headers={})


def test_run_waits_while_much_of_what_came_is_not_in_yet(repository, monkeypatch):
    monkeypatch.setattr(work, "ACCESSIONS_AT_ONCE", 2)
    repository.pages = [[a_record(str(number))] for number in range(5)]
    run = client.start(a_source(repository))

    client.run(run.pk)  # nobody hears of the accessions

    run.refresh_from_db()
    assert (run.pages, run.state) == (2, "running")
    assert "Waiting until more" in run.message


def test_words_of_a_server_that_no_database_takes_are_taken_out(open_to, capture):
    with speaking(lambda connection: connection.sendall(b"\x00 no \x00 HTTP\r\n")) as port:
        open_to(port)

        run = harvested(a_source(Repository(port=port)), capture)

    assert (run.state, run.failures) == ("running", 1)
    assert "\x00" not in run.message


def test_status_that_says_no_fails_at_once(repository, capture):
    repository.always = replied(404)

    run = harvested(a_source(repository), capture)

    assert run.state == "failed"
    assert "Is it the base URL?" in run.message
