"""Questions that would do harm: each is stopped, and meanwhile a well-behaved client goes on being served."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest

from archive.lod.sparql import copies, writing
from archive.lod.sparql.judging import RefusedError, judge
from archive.lod.sparql.running import Question, run
from tests.archive.lod.sparql.asking import a_graph, get

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

GOOD = "SELECT ?title WHERE { ?record a rico:Record ; dcterms:title ?title } LIMIT 3"
#: Gives up connections, opens a file, and tries to make a socket all the same.
PROBE = """
import errno, socket
from archive.lod.sparql import confinement
print(confinement.forbid_connections())
print("read" if open("pyproject.toml").read() else "")
try:
    socket.socket()
except OSError as error:
    print(errno.errorcode[error.errno])
"""
#: All triples with all triples with all triples with all triples.
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l ."
ENDLESS = f"SELECT (COUNT(*) AS ?n) WHERE {{ {PRODUCT} }}"


@pytest.fixture(autouse=True)
def store(root, fonds):
    # Where nothing else is said it is the time of the processor that ends a query, however busy the machine is.
    fonds(SPARQL_STORE=str(root), SPARQL_SECONDS=120, SPARQL_CPU_SECONDS=1, SPARQL_AT_ONCE=3, SPARQL_PER_CLIENT=2)
    for number in range(4):
        a_graph(f"d{number}")
    writing.follow()


class GoodClient:
    """Asks again and again from an address of its own, and comes again later when it is asked to."""

    def __init__(self) -> None:
        self.served, self.wrong, self._end = 0, [], Event()
        self._thread = Thread(target=self._ask)

    def _ask(self) -> None:
        while not self._end.is_set():
            answer = get(GOOD, client="198.51.100.7")
            if answer.status_code == 200 and answer.content.count(b'"title":') == 3:
                self.served += 1
            else:
                self.wrong.append((answer.status_code, answer.content[:200]))

    def __enter__(self) -> GoodClient:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()


def attacked(query: str, *, times: int = 4) -> list:
    """The answers to an attack by several connections of one client, while a good one is served."""
    with GoodClient() as good, ThreadPoolExecutor(times) as pool:
        answers = list(pool.map(lambda _: get(query, client="203.0.113.9"), range(times)))
        while good.served + len(good.wrong) < 1:
            time.sleep(0.01)
    assert good.served >= 1
    assert not good.wrong
    return answers


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        (ENDLESS, {504, 503}),
        (f"SELECT * WHERE {{ {PRODUCT} }} ORDER BY ?a ?d ?g ?l", {504, 507, 503}),
        ("SELECT * {" + "{" * 5000 + "}" * 5000 + "}", {400}),
        ("ASK {FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ")}", {400}),
        ("ASK {FILTER(" + "!" * 9000 + "true)}", {200, 400, 504, 503}),  # how deep the stack is, decides
        ("SELECT * {?s " + "<a:b>/" * 2000 + "<a:b> ?o}", {400, 504, 503}),
        ("ASK {} #" + "x" * 20_000, {413}),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", {400}),
        ("LOAD <http://127.0.0.1/>", {400}),
        ("DROP ALL", {400}),
        ("DELETE WHERE { ?s ?p ?o }", {400}),
        ('SELECT (REPLACE("' + "a" * 4000 + '", "a", "' + "b" * 9000 + '") AS ?x) {}', {507, 503}),
    ],
    ids=[
        "time", "sorting", "braces", "brackets", "exclamation", "path", "size", "SERVICE", "LOAD", "DROP", "DELETE",
        "bytes",
    ],
)  # fmt: skip
def test_attack_is_stopped_and_others_are_served(query, statuses):
    answers = attacked(query)

    assert {answer.status_code for answer in answers} <= statuses
    assert {answer.status_code for answer in answers} != {503}


def test_more_than_its_share_is_told_when_to_come_again():
    answers = attacked(ENDLESS, times=5)

    busy = [answer for answer in answers if answer.status_code == 503]
    assert len(busy) >= 3
    assert all(int(answer["Retry-After"]) > 0 for answer in busy)


def test_clock_ends_a_query_that_takes_little_of_the_processor(fonds):
    fonds(SPARQL_SECONDS=2, SPARQL_CPU_SECONDS=60)

    assert get(ENDLESS).status_code == 504


@pytest.mark.soak  # the good client too has these seconds, and many of them on a busy machine
def test_others_are_served_until_the_clock_ends_an_attack(fonds):
    fonds(SPARQL_SECONDS=12, SPARQL_CPU_SECONDS=60)

    assert 504 in {answer.status_code for answer in attacked(ENDLESS)}


def test_full_house_is_told_when_to_come_again(fonds):
    fonds(SPARQL_SECONDS=4, SPARQL_CPU_SECONDS=60)
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(get, ENDLESS, client=f"203.0.113.{number}") for number in range(3)]
        time.sleep(0.7)
        answer = get(GOOD)

        assert (answer.status_code, answer["Retry-After"]) == (503, "3")
        assert {each.result().status_code for each in asked} == {504}
    fonds(SPARQL_SECONDS=120)
    assert get(GOOD).status_code == 200


def test_memory_is_limited_before_time_is(fonds):
    fonds(SPARQL_CPU_SECONDS=60, SPARQL_MEMORY=32 * 1024 * 1024)

    answers = attacked(f"SELECT * WHERE {{ {PRODUCT} }} ORDER BY ?a ?d ?g ?l")

    assert {answer.status_code for answer in answers} <= {507, 503}
    assert any(b"32 MB" in answer.content for answer in answers)


def test_rows_are_cut_and_the_answer_says_so(fonds):
    fonds(SPARQL_ROWS=10)

    for query, count in (("SELECT * { ?s ?p ?o }", b'"s":'), ("CONSTRUCT WHERE { ?s ?p ?o }", b" .\n")):
        answer = get(query, accept="application/sparql-results+json, application/n-triples")
        assert answer.content.count(count) == 10
        assert answer["X-SPARQL-MaxRows"] == "10"
    assert "X-SPARQL-MaxRows" not in get("SELECT * { ?s ?p ?o } LIMIT 10")


def test_process_that_answers_can_make_no_socket_and_open_what_it_must():
    told = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[4]
    )

    assert told.stdout.split() == ["True", "read", "EACCES"]


def test_process_that_answers_can_open_no_connection_even_where_service_was_not_seen():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        port = server.getsockname()[1]
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}"

        with pytest.raises(RefusedError):
            run(Question(query, "json"), copies.current())

        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { service<http://x/>{} }",
        "SELECT * {SeRvIcE silent ?x {}}",
        "SELECT * { # '\n SERVICE <x> {} }",
        "SELECT * { ?s ?p '''a'b''' . SERVICE <x> {} }",
        'SELECT * { ?s ?p "a\\"b" . SERVICE <x> {} }',
        "SELECT * { FILTER(?a<?b)SERVICE ?s{?a ?b ?c} FILTER(?c>?d) }",
        r"SELECT * { \u0053ERVICE <x> {} }",
        r"SELECT * { ex:a\'b ?p ?o SERVICE <x> {} . ex:c\'d ?p ?o }",
    ],
)
def test_service_is_seen_however_it_is_written(query):
    with pytest.raises(RefusedError):
        judge(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "SERVICE" }',
        "SELECT * { ?s <http://x/SERVICE> ?service }",
        "PREFIX service: <http://x/> SELECT * { ?s service:LOAD ?o } # SERVICE",
        "SELECT * { ?s ?p '''{{{{ SERVICE \\''' ''' }",
    ],
)
def test_service_in_words_addresses_and_comments_is_none(query):
    assert judge(query).form == "SELECT"


def test_nothing_is_left_of_a_process_that_was_killed():
    get(ENDLESS)

    children = [each for each in Path("/proc").glob("[0-9]*") if _is_a_question_of_ours(each)]
    assert not children


def _is_a_question_of_ours(process: Path) -> bool:
    try:
        command = (process / "cmdline").read_bytes()
        parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
    except OSError:
        return False
    return b"archive.lod.sparql.process" in command and parent == str(os.getpid())
