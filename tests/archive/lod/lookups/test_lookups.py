"""Look-ups at a service of others, over real HTTP on this machine: candidates, bounds, patience, and who may."""

from __future__ import annotations

import json
import re
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse

from archive import groups
from archive.fetching.transport import Answer
from archive.lod import tasks
from archive.lod.lookups import asking, looking
from archive.lod.lookups.services import BadServiceError, services
from archive.lod.models import LookUp
from archive.lod.reconciliation import names
from archive.models import Agent, AuthorityLink, Concept, ConceptScheme, Contribution
from tests.archive.admin.test_groups import member
from tests.builders import a_published_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

ENTITY = "https://elsewhere.example.org/entity/{id}"


class Service:
    """What stands at the other end: answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.headers: list[dict[str, str]] = []
        self.times: list[float] = []
        self.replies: list[tuple[int, dict[str, str], bytes]] = []
        self.found: dict[str, list[dict]] = {}

    def reply(self, query: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        queries = json.loads(parse_qs(query)["queries"][0])
        self.asked.append(queries)
        self.headers.append(headers)
        self.times.append(time.monotonic())
        if self.replies:
            return self.replies.pop(0)
        told = {key: {"result": self.found.get(each["query"], [])} for key, each in queries.items()}
        return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()


@contextmanager
def serving(service: Service):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, headers, body = service.reply(form, dict(self.headers))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def told_of(port: int, **more) -> dict:
    return {
        "elsewhere": {
            "name": "Elsewhere", "address": f"http://127.0.0.1:{port}/reconcile", "entity": ENTITY, "delay": 0,
            "source": "wikidata", "types": {"agent": "Q5"}, **more,
        }
    }  # fmt: skip


@pytest.fixture
def service(settings):
    found = Service()
    with serving(found) as port:
        allowed = {"HARVEST_LOOPBACK": True, "HARVEST_PORTS": (port,)}
        settings.FONDS = {**settings.FONDS, **allowed, "AUTHORITY_SERVICES": told_of(port)}
        yield found


def an_agent(name: str = "Stalin, Joseph") -> Agent:
    return Agent.objects.create(name=name, kind="person")


def looked_up(*agents: Agent) -> LookUp:
    look_up = looking.begin("agent", [each.pk for each in agents], services()["elsewhere"])
    looking.run(look_up.pk)
    look_up.refresh_from_db()
    return look_up


def test_what_a_service_proposes_are_candidates_with_its_scores(service):
    stalin, nobody = an_agent(), an_agent("Nobody")
    service.found["Stalin, Joseph"] = [{"id": "Q855", "name": "Joseph Stalin", "score": 97.5, "match": True}]

    look_up = looked_up(stalin, nobody)

    (link,) = AuthorityLink.objects.all()
    assert (link.agent, link.source, link.status, link.score) == (stalin, "wikidata", "candidate", 97.5)
    assert link.uri == "https://elsewhere.example.org/entity/Q855"
    assert (look_up.state, look_up.done, look_up.found) == ("done", 2, 1)
    assert list(look_up.items.values_list("proposed", "new")) == [(1, 1), (0, 0)]
    assert service.asked[0]["q0"] == {"query": "Stalin, Joseph", "limit": 5, "type": "Q5"}


def test_service_hears_who_asks_and_whom_to_write_to(service):
    looked_up(an_agent())

    (headers,) = service.headers
    assert headers["User-Agent"].startswith("Fonds/")
    assert "archive@example.org" in headers["User-Agent"]
    assert headers["From"] == "archive@example.org"


def test_what_a_curator_rejected_is_not_proposed_again(service):
    stalin = an_agent()
    AuthorityLink.objects.create(agent=stalin, source="wikidata", uri=ENTITY.format(id="Q1"), status="rejected")
    service.found[stalin.name] = [{"id": "Q1", "name": "Universe", "score": 10}]

    look_up = looked_up(stalin)

    assert look_up.found == 0
    assert AuthorityLink.objects.get().status == "rejected"


def test_many_names_are_asked_a_few_at_a_time(service):
    look_up = looked_up(*(an_agent(f"Person {number}") for number in range(12)))

    assert [len(each) for each in service.asked] == [5, 5, 2]
    assert look_up.done == 12


def test_service_that_asks_for_patience_is_left_alone_and_asked_again_later(service):
    service.replies = [(429, {"Retry-After": "120"}, b"")]
    stalin = an_agent()
    service.found[stalin.name] = [{"id": "Q855", "name": "Stalin", "score": 90}]

    look_up = looked_up(stalin)

    assert look_up.state == "running"
    assert "429" in look_up.message
    assert 100 < (look_up.lease_expires_at - look_up.created_at).total_seconds() < 130
    tasks.go_on()  # not yet
    assert len(service.asked) == 1
    LookUp.objects.update(lease_expires_at=None)
    tasks.go_on()
    look_up.refresh_from_db()
    assert (look_up.state, look_up.found, look_up.message) == ("done", 1, "")


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ((404, {}, b""), "status 404"),
        ((200, {}, b"<html>"), "no JSON"),
        ((200, {}, b"[" * 100_000), "no JSON"),
        ((200, {}, b"[]"), "no result of reconciliation"),
        ((302, {"Location": "http://169.254.169.254/latest"}, b""), "not a public address|at port 80"),
    ],
)
def test_answer_that_is_none_ends_the_look_up_with_its_reason(service, reply, why):
    service.replies = [reply]

    look_up = looked_up(an_agent())

    assert look_up.state == "failed"
    assert re.search(why, look_up.message), look_up.message


def test_names_go_to_no_host_that_the_site_has_not_named(service, settings):
    (port,) = settings.FONDS["HARVEST_PORTS"]
    service.replies = [(307, {"Location": f"http://localhost:{port}/reconcile"}, b"")]

    look_up = looked_up(an_agent())

    assert "has not been told to ask" in look_up.message
    assert len(service.asked) == 1


def test_nonsense_among_candidates_is_passed_over(service):
    stalin = an_agent()
    service.found[stalin.name] = [
        None, {"id": 7}, {"id": "x" * 500}, {"id": "", "score": 5},
        {"id": "../../Q1 \n<script>", "name": ["no"], "score": float("inf")}, {"id": "Q2", "score": 900},
    ]  # fmt: skip

    looked_up(stalin)

    assert {(each.uri, each.score) for each in AuthorityLink.objects.all()} == {
        ("https://elsewhere.example.org/entity/../../Q1%20%0A%3Cscript%3E", 0.0),
    }


def test_address_within_the_site_is_not_asked(service, settings):
    settings.FONDS = {**settings.FONDS, "HARVEST_LOOPBACK": False}

    look_up = looked_up(an_agent())

    assert look_up.state == "failed"
    assert service.asked == []


def _ask_here(url: str, headers: dict[str, str], form: dict[str, str]) -> Answer:
    return Answer(url, 200, {}, Client().post(url, form).content)


def test_our_own_service_answers_our_own_look_up(settings, monkeypatch):
    """The service at the other end is this archive's: what one Fonds asks, another can answer."""
    document, there = a_published_document(), an_agent("Рощин, Николай")
    Contribution.objects.create(document=document, agent=there, role="sender", as_written="Рощин")
    names.keep()
    settings.FONDS = {**settings.FONDS, "AUTHORITY_SERVICES": told_of(80, types={"agent": "Agent"})}
    monkeypatch.setattr(asking, "fetch", _ask_here)

    looked_up(an_agent("Roshchin"))

    assert AuthorityLink.objects.get().uri == f"https://elsewhere.example.org/entity/agents/{there.identifier}"


def test_nothing_is_looked_up_where_no_service_is_named():
    assert services() == {}
    listed = member(groups.ADMINISTRATOR).get(reverse("admin:archive_agent_changelist")).content.decode()
    assert "Look up" not in listed


@pytest.mark.parametrize(
    "wrong",
    [{"address": "file:///etc/passwd"}, {"entity": "https://a.example/"}, {"types": {"unit": ""}}, {"delay": -1}],
)
def test_service_that_cannot_be_asked_is_told_by_its_key(settings, wrong):
    settings.FONDS = {**settings.FONDS, "AUTHORITY_SERVICES": told_of(80, **wrong)}

    with pytest.raises(BadServiceError, match="elsewhere"):
        services()


@pytest.mark.parametrize("group", ["", groups.CATALOGUER, groups.EDITOR, groups.ADMINISTRATOR])
def test_look_ups_are_begun_and_seen_by_who_may(group, service, settings):
    Concept.objects.create(scheme=ConceptScheme.objects.create(slug="s", title="S"), name="War")
    stalin, client = an_agent(), member(group)
    shown = looked_up(stalin)
    posted = {"action": "look_up_elsewhere", "_selected_action": [stalin.pk]}

    client.post(reverse("admin:archive_agent_changelist"), posted)
    page = client.get(reverse("admin:archive_lod_lookup_change", args=[shown.pk]))

    may = group in (groups.EDITOR, groups.ADMINISTRATOR)
    assert LookUp.objects.count() == (2 if may else 1)
    assert page.status_code == (200 if group else 403)
    if group:
        assert stalin.name in page.content.decode()
        listed = client.get(reverse("admin:archive_agent_changelist")).content.decode()
        assert ("Look up at Elsewhere" in listed) == may
        assert "Look up" not in client.get(reverse("admin:archive_concept_changelist")).content.decode()


def test_service_is_left_in_peace_between_two_requests(service, settings, monkeypatch):
    monkeypatch.setattr(looking, "BATCH", 1)
    told = settings.FONDS["AUTHORITY_SERVICES"]["elsewhere"]
    settings.FONDS = {**settings.FONDS, "AUTHORITY_SERVICES": {"elsewhere": {**told, "delay": 0.2}}}

    looked_up(an_agent(), an_agent("Molotov"), an_agent("Roshchin"))

    first, second, third = service.times
    assert min(second - first, third - second) >= 0.2
