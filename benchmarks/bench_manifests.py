"""Manifests: what a worker takes to make one, and what a request takes that answers with it.

Three views answer through Django's WSGI handler with the middleware of the site: the stored manifest, the same bytes
out of memory, and one that lets iiif-prezi3 build and write the manifest in the request.
"""

from __future__ import annotations

import hashlib
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import backend_cpu, django_up, handled, on_each_engine, tell

if TYPE_CHECKING:
    from archive.description import Description

ROUNDS = 9
LINES = 30


def main() -> None:
    engine = django_up()
    keeping_connections()
    description = a_document()
    building(description, engine)
    answering(description, engine)


def keeping_connections() -> None:
    """Keep PostgreSQL's connection between requests, as the site does with its pool."""
    from django.db import connection

    connection.settings_dict["CONN_MAX_AGE"] = connection.close_at = None


def a_document() -> Description:
    """A document that is public, as the archive has it."""
    from archive.description import describe
    from tests.iiif.builders import a_telegram

    (description,) = describe([a_telegram().pk])
    return description


def of_pages(description: Description, count: int) -> Description:
    """The same with so many pages, each of ``LINES`` lines."""
    from archive.description import LineDescription

    page = description.pages[0]
    lines = tuple(LineDescription(f"A line of the text, {n}", 200, 300 + 60 * n, 1500, 40) for n in range(LINES))
    pages = (replace(page, identifier=f"{description.identifier}.{n}", lines=lines) for n in range(count))
    return replace(description, pages=tuple(pages))


def building(description: Description, engine: str) -> None:
    from iiif.presentation.manifest import built, manifest_of

    took = {}
    for count in (1, 100, 500):
        many = of_pages(description, count)
        manifest_of(many)  # warm
        took[count] = cpu(lambda many=many: manifest_of(many), rounds=ROUNDS if count < 500 else 3)
        tell(
            figure="CPU milliseconds to make and check a manifest", engine=engine, canvases=count, lines=LINES,
            value=round(took[count], 1), without_check=round(cpu(lambda many=many: built(many)), 2),
            bytes=len(manifest_of(many)), **({"goal": 80} if count == 100 else {}),
        )  # fmt: skip
    tell(figure="500 canvases ÷ 100", engine=engine, value=round(took[500] / took[100], 2), goal=6)


def answering(description: Description, engine: str) -> None:
    from django.test import override_settings

    from archive.models import Representation
    from iiif.presentation.manifest import manifest_of

    many = of_pages(description, 100)
    for canvases, shown in ((1, description), (100, many)):
        content = manifest_of(shown)
        rows = Representation.objects.filter(identifier=description.identifier, format="manifest")
        rows.update(content=content, checksum=hashlib.sha256(content).hexdigest())
        with override_settings(ROOT_URLCONF="benchmarks.manifest_views"):
            from benchmarks import manifest_views

            manifest_views.CONTENT, manifest_views.DESCRIPTION = content, shown
            at = f"/iiif/{description.identifier}"
            paths = {"ours": f"{at}/manifest", "memory": f"{at}/memory", "prezi3": f"{at}/prezi3"}
            took = interleaved({name: handled(path) for name, path in paths.items()}, slow="prezi3")
        told = {"engine": engine, "canvases": canvases, "bytes": len(content), "rounds": ROUNDS}
        tell(figure="stored manifest ÷ the same bytes out of memory", value=round(took["ours"] / took["memory"], 2),
             goal=1.6, ours_ms=round(took["ours"], 3), **told)  # fmt: skip
        tell(figure="iiif-prezi3 in the request ÷ stored manifest", value=round(took["prezi3"] / took["ours"]),
             **({"goal": 100} if canvases == 100 else {}), **told)  # fmt: skip


def interleaved(verbs: dict[str, Callable[[], Any]], *, slow: str) -> dict[str, float]:
    """Milliseconds of CPU of each, the database's included: the median of rounds in which they take turns."""
    rounds: dict[str, list[float]] = {name: [] for name in verbs}
    for _ in range(ROUNDS):
        for name in random.Random(len(rounds[slow])).sample(sorted(verbs), len(verbs)):
            rounds[name].append(cpu(verbs[name], rounds=1, times=2 if name == slow else 200))
    return {name: statistics.median(took) for name, took in rounds.items()}


def cpu(verb: Callable[[], Any], *, rounds: int = ROUNDS, times: int = 1) -> float:
    """Milliseconds of CPU that it takes once: the median of rounds."""
    took = []
    for _ in range(rounds):
        began = time.process_time() + backend_cpu()
        for _ in range(times):
            verb()
        took.append(1000 * (time.process_time() + backend_cpu() - began) / times)
    return statistics.median(took)


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
