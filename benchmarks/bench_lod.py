"""Linked data: serialising beside rdflib, a stored form served beside a trivial view, and a dump of everything.

CPU time. ``BENCH_DOCUMENTS`` sets the size of the archive that is dumped.

Serving is measured through Django's WSGI handler with the middleware of the site. The trivial view is the JSON-LD
context, which asks the database nothing; it goes through all middleware and is found among all addresses, as a view
that somebody adds to the site would. The stored form is answered by ``archive.lod.middleware``, before sessions,
log-ins and most addresses: that is a part of the figure. So the same form by the long way is told too, and beside them,
without a goal, a trivial view that is answered at the same place as the stored form. The figures are of this process;
``with_the_database`` counts what PostgreSQL's takes for it too.
"""

from __future__ import annotations

import ctypes
import gc
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from django.http import HttpRequest, HttpResponse
from django.urls import path

from archive.shortcut import shortcut
from benchmarks.ground import backend_cpu, django_up, handled, measured, on_each_engine, size, tell

ROUNDS = 7
#: Of requests: rounds, requests of each kind in a round, and before the first.
TURNS, REQUESTS, WARM = 15, 200, 20
SHORTCUT, TRIVIAL_FIRST = "archive.lod.middleware.machines_first", "benchmarks.bench_lod.trivial_first"
#: Documents that are serialised one by one.
DOCUMENTS = 60


def main() -> None:
    engine = django_up()
    from benchmarks.holdings import load

    count = size(4000)
    load(count)
    if engine == "sqlite":  # the engine has no part in it
        serialising()
    stored(count)
    served(engine)
    dumped(engine, count)


def serialising() -> None:
    """rdflib ÷ ours, for one document at a time: Turtle, and JSON-LD as it is."""
    import rdflib

    from archive.description import describe
    from archive.lod.graph import by_subject, graph
    from archive.lod.jsonld import as_jsonld
    from archive.lod.serialisations import as_ntriples, as_turtle
    from archive.models import Document

    described = describe(Document.objects.order_by("pk").values_list("pk", flat=True)[:DOCUMENTS])
    ours = [(each.uri, graph(each), by_subject(each)) for each in described]
    theirs = [rdflib.Graph().parse(data=as_ntriples(triples).decode(), format="nt") for _, triples, _ in ours]
    verbs = {
        "Turtle": (lambda: [as_turtle(t) for _, t, _ in ours], lambda: [g.serialize(format="turtle") for g in theirs]),
        "JSON-LD": (
            lambda: [as_jsonld(uri, subjects) for uri, _, subjects in ours],
            lambda: [g.serialize(format="json-ld") for g in theirs],
        ),
    }
    for notation, (own, other) in verbs.items():
        taken = [(measured(own)[0], measured(other)[0]) for _ in range(ROUNDS)]
        mine, peer = (statistics.median(each) for each in zip(*taken, strict=True))
        tell(
            figure=f"rdflib ÷ ours, {notation}", documents=DOCUMENTS, triples=sum(len(t) for _, t, _ in ours),
            value=round(peer / mine, 1), goal={"Turtle": 10, "JSON-LD": 8}[notation],
        )  # fmt: skip


def stored(count: int) -> None:
    """Store the N-Triples and the Turtle of every document, as publishing does."""
    from archive.description import describe
    from archive.lod.renderers import NTriples, Turtle
    from archive.models import Document, Representation

    documents = Document.objects.all()
    documents.update(state="published", published_at=datetime(2026, 1, 1, tzinfo=UTC))
    keys = list(documents.order_by("pk").values_list("pk", flat=True))
    for start in range(0, count, 500):
        described = describe(keys[start : start + 500], with_sets=False)
        rows = [_row(each, renderer) for each in described for renderer in (NTriples(), Turtle())]
        Representation.objects.bulk_create(rows)


def _row(description: Any, renderer: Any) -> Any:
    from archive.models import Representation

    return Representation(
        document_id=description.key,
        number=description.key,
        identifier=description.identifier,
        format=renderer.format,
        media_type=renderer.media_type,
        content=renderer.render(description),
        checksum="0" * 64,
        changed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def served(engine: str) -> None:
    """A stored form beside two trivial views; what each goes through is told above."""
    from django.conf import settings
    from django.db import connection
    from django.test import override_settings

    from archive.models import Document

    connection.settings_dict["CONN_MAX_AGE"] = connection.close_at = None  # as with the site's pool
    identifier = Document.objects.order_by("pk").values_list("identifier", flat=True)[0]
    turtle, trivial = f"/documents/{identifier}.ttl", "/context.jsonld"
    behind = [each for each in settings.MIDDLEWARE if each != SHORTCUT]
    there = [TRIVIAL_FIRST if each == SHORTCUT else each for each in settings.MIDDLEWARE]
    assert len(behind) + 1 == len(there)
    asked = {"stored": handled(turtle), "trivial": handled(trivial)}
    with override_settings(MIDDLEWARE=behind):
        asked["stored, the long way"] = handled(turtle)
    with override_settings(MIDDLEWARE=there):
        asked["trivial, the short way"] = handled("/trivial")
    both, own = in_turns(asked)
    tell(
        figure="stored Turtle ÷ a view without queries",
        engine=engine,
        value=round(own["stored"] / own["trivial"], 2),
        goal=1.6,
        with_the_database=round(both["stored"] / both["trivial"], 2),
        the_long_way=round(own["stored, the long way"] / own["trivial"], 2),
        ms={name: round(each, 3) for name, each in own.items()},
    )
    tell(
        figure="stored Turtle ÷ a view without queries, both the short way",
        engine=engine,
        value=round(own["stored"] / own["trivial, the short way"], 2),
        with_the_database=round(both["stored"] / both["trivial, the short way"], 2),
    )


def in_turns(asked: dict[str, Callable[[], None]]) -> tuple[dict[str, float], dict[str, float]]:
    """Milliseconds of CPU of one request of each: with the database's, and of this process alone.

    The least of rounds in which they take turns, in another order each time: what else the machine does, of which every
    answer of a server's brings more, only adds.
    """
    both: dict[str, list[float]] = {name: [] for name in asked}
    own: dict[str, list[float]] = {name: [] for name in asked}
    for ask in asked.values():
        for _ in range(WARM):
            ask()
    for turn in range(TURNS):
        for name in random.Random(turn).sample(sorted(asked), len(asked)):
            before = backend_cpu()
            took, _ = measured(lambda ask=asked[name]: [ask() for _ in range(REQUESTS)])
            own[name].append(1000 * took / REQUESTS)
            both[name].append(1000 * (took + backend_cpu() - before) / REQUESTS)
    return tuple({name: min(took) for name, took in each.items()} for each in (both, own))


def _trivial(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"as long as nothing", content_type="text/turtle; charset=utf-8")


#: The trivial view at the place of the shortcut.
trivial_first = shortcut([path("trivial", _trivial)], root=lambda: "/")


def dumped(engine: str, count: int) -> None:
    """Documents per CPU second, and memory."""
    from django.conf import settings
    from django.test import override_settings

    from archive.lod.dumps import writing

    with tempfile.TemporaryDirectory() as folder, override_settings(FONDS={**settings.FONDS, "DUMPS": folder}):
        before = _peak_set_back()
        cpu, clock = measured(writing.dump)
        megabytes = sum(each.stat().st_size for each in Path(folder).glob("*.gz")) / 1e6
    tell(
        figure="documents dumped per CPU second", engine=engine, documents=count, value=round(count / cpu), goal=2000,
        per_second=round(count / clock), packed_mb=round(megabytes, 1),
        peak_mb=_peak(), before_mb=before, peak_goal=300,
    )  # fmt: skip


def _peak_set_back() -> int:
    """Forget what loading the archive took, which no dump does; the memory that is left of it, in MB."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    """The most memory that this process has had since the peak was set back, in MB."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
