"""Linked data: serialising beside rdflib, a stored form served beside a trivial view, and a dump of everything.

CPU time. ``BENCH_DOCUMENTS`` sets the size of the archive that is dumped.
"""

from __future__ import annotations

import ctypes
import gc
import os
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import django_up, measured, on_each_engine, size, tell

ROUNDS = 7
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
    """A stored form ÷ the context, which asks the database nothing, both through the whole of Django."""
    from django.test import Client

    from archive.models import Document

    client, identifier = Client(), Document.objects.order_by("pk").values_list("identifier", flat=True)[0]
    taken = []
    for _ in range(ROUNDS):
        form, _ = measured(lambda: [client.get(f"/documents/{identifier}.ttl") for _ in range(100)])
        trivial, _ = measured(lambda: [client.get("/context.jsonld") for _ in range(100)])
        taken.append((form, trivial))
    form, trivial = (statistics.median(each) for each in zip(*taken, strict=True))
    tell(
        figure="stored Turtle ÷ a view without queries",
        engine=engine,
        value=round(form / trivial, 2),
        goal=1.6,
        ms=round(form * 10, 2),
    )


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
