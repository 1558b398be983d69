"""An outside triple store follows the archive: Oxigraph's own server, and one that does as it is told."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3
from django.core.management import CommandError, call_command

from archive import publication
from archive.lod import pushing
from archive.lod.models import Follower
from archive.models import Representation
from tests.archive.lod.sparql.asking import a_graph
from tests.builders import a_published_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def fonds(settings):
    """Set keys of FONDS."""

    def fonds(**keys):
        settings.FONDS = {**settings.FONDS, **keys}

    return fonds


# --- a real store ---


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory):
    """The address of a running ``oxigraph serve``."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    program = Path(sys.executable).with_name("oxigraph")
    folder = tmp_path_factory.mktemp("oxigraph")
    command = [program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def graphs(oxigraph: str) -> dict[str, int]:
    """How many triples each graph of the store has."""
    query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    answer = urllib3.request(
        "GET", f"{oxigraph}/query", fields={"query": query}, headers={"Accept": "application/sparql-results+json"}
    )
    rows = answer.json()["results"]["bindings"]
    return {row["g"]["value"].rpartition("/")[2]: int(row["n"]["value"]) for row in rows}


def test_real_store_follows_changes_and_withdrawals(oxigraph, fonds):
    fonds(GRAPH_STORE=f"{oxigraph}/store")
    one = a_published_document("one", title="Первая телеграмма")
    a_published_document("two")
    lines = {
        row.identifier: bytes(row.content).count(b"\n") for row in Representation.objects.filter(format="ntriples")
    }

    assert pushing.push() == 2
    assert graphs(oxigraph) == lines

    publication.withdraw([one.pk])
    assert pushing.push() == 1
    assert pushing.push() == 0
    assert set(graphs(oxigraph)) == {"two"}


# --- one that does as it is told ---


class Obedient(BaseHTTPRequestHandler):
    """Keeps graphs as it gets them; answers with the status that it is told for a graph."""

    protocol_version = "HTTP/1.1"
    statuses: dict[str, int]
    graphs: dict[str, bytes]
    headers_seen: list[dict[str, str]]

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _graph(self) -> str:
        self.headers_seen.append(dict(self.headers))
        return parse_qs(urlsplit(self.path).query)["graph"][0].rpartition("/")[2]

    def do_PUT(self) -> None:
        graph, content = self._graph(), self.rfile.read(int(self.headers["Content-Length"]))
        status = self.statuses.get(graph, 201)
        if status < 300:
            self.graphs[graph] = content
        self._answer(status)

    def do_DELETE(self) -> None:
        known = self.graphs.pop(self._graph(), None)
        self._answer(204 if known is not None else 404)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def obedient(port: int = 0):
    """A running store that does as it is told."""
    kept = type("Kept", (Obedient,), {"statuses": {}, "graphs": {}, "headers_seen": []})
    with ThreadingHTTPServer(("127.0.0.1", port), kept) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        kept.address = f"http://127.0.0.1:{server.server_port}/data?x=1"
        yield kept
        server.shutdown()


def test_store_that_was_away_is_told_later_what_it_missed(fonds):
    a_graph("one")
    with obedient() as store:
        address = store.address
        port = urlsplit(address).port
    fonds(GRAPH_STORE=address)

    assert pushing.push() == 0
    assert "refused" in Follower.objects.get().failure.lower()

    with obedient(port) as store:
        assert pushing.push() == 1
        assert set(store.graphs) == {"one"}
    assert Follower.objects.get().failure == ""


def test_store_that_is_full_is_told_the_rest_later_and_nothing_is_lost(fonds):
    for name in ("one", "two", "three"):
        a_graph(name)
    with obedient() as store:
        fonds(GRAPH_STORE=store.address)
        store.statuses["two"] = 503
        pushing.push()
        assert "503" in Follower.objects.get().failure

        store.statuses.clear()
        pushing.push()
        assert set(store.graphs) == {"one", "two", "three"}


def test_graph_that_is_refused_does_not_hold_up_the_others(fonds):
    for name in ("one", "two", "three"):
        a_graph(name)
    with obedient() as store:
        fonds(GRAPH_STORE=store.address)
        store.statuses["two"] = 400

        assert pushing.push() == 2
        assert set(store.graphs) == {"one", "three"}
    assert Follower.objects.get().refused == 1


def test_name_and_password_are_sent_and_a_prefix_of_the_address_kept(fonds):
    a_graph("one")
    with obedient() as store:
        fonds(GRAPH_STORE=store.address, GRAPH_STORE_USER="fonds", GRAPH_STORE_PASSWORD="secret")
        pushing.push()

    seen = {name.lower(): value for name, value in store.headers_seen[0].items()}
    assert seen["authorization"] == "Basic Zm9uZHM6c2VjcmV0"
    assert seen["content-type"] == "application/n-triples"


def test_two_processes_do_not_tell_it_at_once(fonds):
    a_graph("one")
    with obedient() as store:
        fonds(GRAPH_STORE=store.address)
        follower, _ = Follower.objects.get_or_create(address=store.address, base="https://archive.example.org")
        assert pushing._lease(follower)

        assert pushing.push() == 0
        assert not store.graphs


def test_everything_is_told_anew_by_command(fonds, capsys):
    a_graph("one")
    with obedient() as store:
        fonds(GRAPH_STORE=store.address)
        pushing.push()
        store.graphs.clear()

        call_command("triples", "push")
        assert set(store.graphs) == {"one"}
    assert "1 graphs were taken, 0 refused" in capsys.readouterr().out

    with pytest.raises(CommandError, match="The clock tries again"):
        call_command("triples", "push")
