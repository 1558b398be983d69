"""What the measurements stand on: Django on either engine, a synthetic archive, and figures as lines of JSON.

``BENCH_DOCUMENTS`` sets the size of the archive, ``BENCH_ENGINES`` the engines (``sqlite,postgresql``). With
``BENCH_STORE``, a folder, the databases stay there, so that a million records are loaded once for many runs.

Every figure has beside it what ``yardstick`` told in that moment.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ENGINES = os.environ.get("BENCH_ENGINES", "sqlite,postgresql").split(",")
STORE = os.environ.get("BENCH_STORE", "")


def size(default: int) -> int:
    """How many documents to measure with."""
    return int(os.environ.get("BENCH_DOCUMENTS", default))


def tell(**figures: Any) -> None:
    """One figure, as one line of JSON, with the speed that the machine had then."""
    print(json.dumps({**figures, "yardstick_ms": round(yardstick(), 1)}), flush=True)


def yardstick() -> float:
    """CPU milliseconds of one fixed piece of plain work, a million turns of a loop: how fast the machine is just now.

    The same machine differs from itself by a third and more, by the phase of its processor and by what its neighbours
    do. Two figures of different days are compared in yardsticks: milliseconds divided by ``yardstick_ms``, or what is
    done in a second multiplied by it. It is the best of three, for what comes between can only slow it down. It tells
    of the interpreter's speed alone: waiting, disks and a server of its own it does not see.
    """
    return min(_turns() for _ in range(3))


def _turns() -> float:
    began, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number & 7
    return 1000 * (time.process_time() - began)


def on_each_engine(script: str) -> None:
    """Run a measurement in a process of its own on each engine.

    The settings of the tests bring an empty database in a scratch folder, PostgreSQL out of a wheel, and remove both.
    """
    if STORE:
        Path(STORE).mkdir(parents=True, exist_ok=True)
    for engine in ENGINES:
        environment = {**os.environ, "TEST_ENGINE": engine, "BENCH_ENGINE": engine, "PYTHONPATH": str(ROOT)}
        if STORE and engine == "postgresql":
            environment |= {"TEST_SCRATCH": tempfile.mkdtemp(), "TEST_POSTGRESQL": _kept_server()}
        subprocess.run([sys.executable, "-W", "ignore", script], env=environment, cwd=ROOT, check=True)


def _kept_server() -> str:
    """A PostgreSQL on the folder of the stores, until this process ends; return the folder of its socket."""
    from tests.engines import postgresql

    return postgresql.start(Path(STORE) / "postgresql", stay=True)


def django_up() -> str:
    """Set Django up with a migrated database, an empty one unless it was kept; return the name of the engine."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    if STORE and os.environ["BENCH_ENGINE"] == "sqlite":
        from django.conf import settings

        settings.DATABASES["default"]["NAME"] = str(Path(STORE) / "fonds.sqlite3")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    import config.wsgi  # noqa: F401 - collects what has become rubbish, and lets the rest be, as in a site's process

    return os.environ["BENCH_ENGINE"]


def kept() -> bool:
    """Whether the archive is there already, from an earlier run with the same ``BENCH_STORE``."""
    from archive.models import Document

    return Document.objects.exists()


@contextmanager
def counted() -> Iterator[list[Any]]:
    """The queries of what runs within."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        yield queries


def measured(verb: Callable[[], Any]) -> tuple[float, float]:
    """CPU seconds of this process, and seconds by the clock: on PostgreSQL the server's work shows only there."""
    cpu, clock = time.process_time(), time.perf_counter()
    verb()
    return time.process_time() - cpu, time.perf_counter() - clock


def backend_cpu() -> float:
    """CPU seconds that this connection's PostgreSQL backend has taken so far; 0 on SQLite, which is in this process."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def handled(path: str) -> Callable[[], None]:
    """A request to a path through the WSGI handler, with the middleware of the site."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http", "QUERY_STRING": "",
    }  # fmt: skip

    def ask() -> None:
        status: list[str] = []
        answer = application(dict(environ), lambda line, headers: status.append(line))
        body = b"".join(answer)
        answer.close()
        assert status == ["200 OK"], (status, body[:200])

    return ask


def pages_measured(pages: Mapping[str, str], **told: Any) -> None:
    """Open each page of the admin once to warm it, once to count its queries, once to time it; one figure for each."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    bench, _ = User.objects.get_or_create(username="bench", defaults={"is_staff": True, "is_superuser": True})
    client.force_login(bench)
    for name, address in pages.items():
        client.get(address)
        with counted() as queries:
            assert client.get(address).status_code == 200, address
        asked = len(queries)  # the next request empties the log
        before = backend_cpu()
        cpu, clock = measured(lambda address=address: client.get(address))
        cpu += backend_cpu() - before
        tell(figure=f"list page, {name}", **told, queries=asked, cpu_ms=round(1000 * cpu), ms=round(1000 * clock))
