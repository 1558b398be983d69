"""The steps of the demo in their order, and what they tell the person at the terminal."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.error import URLError
from urllib.request import urlopen

from config.demo import authorities, preparing
from config.demo.preparing import COLLECTION
from config.demo.services import ROOT, DemoError, Service, end, start

#: Seconds that the site gets to answer for the first time.
STARTUP = 60


def main() -> int:
    """Run the demo until it is told to end; the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    services: list[Service] = []
    try:
        run(services, data=Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve())
    except DemoError as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        return 1
    except SystemExit:
        print("\nThe demo ends.", flush=True)
        return 0
    finally:
        end(services)


def run(services: list[Service], *, data: Path) -> NoReturn:
    """The steps in their order; what is started stands in ``services``.

    :raises DemoError: if one fails, or a process ends that should not.
    """
    port = preparing.port()
    with preparing.lock(data):
        preparing.set_environment(port=port, data=data)
        password = "" if preparing.prepared(data) else preparing.prepare(data)
        _serve(services, port=port, data=data)
        _bring_in(services, data=data)
        _wait_for_site(services, port=port)
        _tell(password, data=data)
        while True:
            time.sleep(0.5)
            for service in services:
                service.check()


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit


def _serve(services: list[Service], *, port: int, data: Path) -> None:
    """Start the worker, with the clock for the sweeper inside, and the web server."""
    log = data / "log"
    log.mkdir(exist_ok=True)
    worker = ["celery", "-A", "config", "worker", "-B", "--concurrency", "2", "--loglevel", "INFO"]
    # Nobody else is listening: alone, a worker need not ask around for a second before it begins.
    start(services, "worker", [*worker, "--without-gossip", "--without-mingle"], log=log / "worker.log")
    web = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    # Loaded once for both processes. The control socket would be one for all gunicorns of this user.
    web += ["--preload", "--graceful-timeout", "3", "--no-control-socket"]
    start(services, "web server", web, log=log / "web.log")


def _bring_in(services: list[Service], *, data: Path) -> None:
    """Hand in ``fixtures/sources`` at the first start; later, render anew if the site's address is another one."""
    import django
    from django.db import connection

    django.setup()
    from archive import tasks
    from archive.models import Accession, Document

    address, kept, named = os.environ["PUBLIC_BASE_URL"], data / "public-base-url", data / "places-named"
    if not Accession.objects.exists():
        command = [
            "manage",
            "accession",
            "fixtures/sources",
            "--publish",
            "--collection",
            COLLECTION,
            "--patience",
            "600",
        ]
        accession = start(services, "accession", command, log=data / "log" / "accession.log")
        while accession.process.poll() is None:
            time.sleep(0.1)
            for service in services[:2]:
                service.check()
        if accession.process.returncode:
            accession.check()
        services.remove(accession)
    elif not kept.exists() or kept.read_text() != address:
        tasks.refresh.delay(list(Document.objects.public().values_list("pk", flat=True)))
    kept.write_text(address)
    if not named.exists():
        authorities.name_places()
        named.touch()
    connection.close()


def _wait_for_site(services: list[Service], *, port: int) -> None:
    deadline = time.monotonic() + STARTUP
    while time.monotonic() < deadline:
        for service in services:
            service.check()
        with suppress(URLError, ConnectionError, TimeoutError), urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return
        time.sleep(0.05)
    raise DemoError(f"The site does not answer within {STARTUP} seconds; see {services[-1].log}.")


def _tell(password: str, *, data: Path) -> None:
    """Print where to look."""
    from archive.models import Document

    base = os.environ["PUBLIC_BASE_URL"]
    first = Document.objects.public().order_by("pk").first()
    login = (
        f"admin / {password}   (shown this once)"
        if password
        else f"admin; a new password: DEBUG=1 DATA_DIR={data} {sys.executable} manage.py changepassword admin"
    )
    print(
        f"""
The site        {base}/
OAI-PMH         {base}/oai?verb=Identify
IIIF manifest   {base}/iiif/{first.identifier if first else "{id}"}/manifest
Admin           {base}/admin/
  log in as     {login}
Data and logs   {data}

Ctrl-C ends it.""",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
