"""The demo: the whole site on one machine, with a real worker, until Ctrl-C.

``make demo`` runs it. The first start makes the data folder: a secret key, the database, an admin user, and the
documents of ``fixtures/sources``, which go through the worker like everybody's. Later starts keep all that.
Every process started here has a process group of its own, and none outlives the demo.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
#: Seconds that a process gets to end by itself.
PATIENCE = 10
#: Seconds that the site gets to answer for the first time.
STARTUP = 60
COLLECTION = "telegrams"


class DemoError(Exception):
    """The demo cannot go on; the message says why."""


@dataclass(slots=True)
class Service:
    """A process of the demo, and where it writes what it has to say."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def check(self) -> None:
        """Raise DemoError if the process has ended, with the end of its log."""
        if (status := self.process.poll()) is not None:
            tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])
            raise DemoError(f"The {self.name} ended with status {status}. The end of {self.log}:\n{tail}")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal: SIGTERM to the process, which tells its children; SIGKILL to all of its group."""
        with suppress(ProcessLookupError):
            if number == signal.SIGKILL:
                os.killpg(self.process.pid, number)
            elif self.process.poll() is None:
                self.process.send_signal(number)


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
        _end(services)


def run(services: list[Service], *, data: Path) -> NoReturn:
    """The steps in their order; what is started stands in ``services``.

    :raises DemoError: if one fails, or a process ends that should not.
    """
    port = _port()
    with _lock(data):
        _set_environment(port=port, data=data)
        password = _prepare(data)
        _start(services, port=port, data=data)
        _bring_in(services, data=data)
        _wait_for_site(services, port=port)
        _tell(password, data=data)
        while True:
            time.sleep(0.5)
            for service in services:
                service.check()


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit


# --- before anything is started ---


def _port() -> int:
    """The port to serve on, which must be free."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise DemoError(f"PORT is {given!r}; it must be a number from 1 to 65535.")
    with socket.socket() as attempt:
        # Without this, a port whose last owner has just gone would count as taken.
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", int(given)))
        except OSError as error:
            raise DemoError(
                f"Port {given} cannot be used ({error.strerror}). Another one: make demo PORT=8001"
            ) from error
    return int(given)


def _lock(data: Path) -> IO[str]:
    """Keep a second demo out of the same data. The lock goes with the process, however it ends."""
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "demo.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise DemoError(f"Another demo runs on {data}. For a second one: make demo PORT=8001 DATA_DIR=var2") from error
    return lock


def _set_environment(*, port: int, data: Path) -> None:
    """Set what config.settings reads, for this process and those it starts; nothing of another site leaks in."""
    for name in ("DATABASE_URL", "CELERY_BROKER_URL", "ALLOWED_HOSTS", "DEBUG"):
        os.environ.pop(name, None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        DATA_DIR=str(data),
        SECRET_KEY=_secret_key(data / "secret-key"),
        PUBLIC_BASE_URL=f"http://127.0.0.1:{port}",
    )


def _secret_key(file: Path) -> str:
    """The key kept in ``file``, made at the first start, readable by its owner alone."""
    if not file.exists():
        fresh = file.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.replace(file)
    return file.read_text()


def _prepare(data: Path) -> str:
    """Bring the database and the static files up to date; return the password of an admin user made just now."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    _collect_static(data)
    _collection()
    return _admin()


def _collect_static(data: Path) -> None:
    """Collect, hash and compress the static files, if any has changed since the last start."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = sorted(
        f"{path} {stat.st_size} {stat.st_mtime_ns}"
        for finder in get_finders()
        for path, storage in finder.list(None)
        if (stat := Path(storage.path(path)).stat())
    )
    made = data / "static.made"
    if not made.exists() or made.read_text().splitlines() != found:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        made.write_text("\n".join(found))


def _collection() -> None:
    from archive.models import Collection

    Collection.objects.get_or_create(
        slug=COLLECTION,
        defaults={"title": "Telegrams", "description": "The documents that come with the demo."},
    )


def _admin() -> str:
    """Make the user ``admin`` if there is none; the password is returned once and kept nowhere."""
    from django.contrib.auth.models import User

    if User.objects.filter(is_superuser=True).exists():
        return ""
    password = secrets.token_urlsafe(12)
    User.objects.create_superuser("admin", password=password)
    return password


# --- what runs ---


def _start(services: list[Service], *, port: int, data: Path) -> None:
    """Start the worker, with the clock for the sweeper inside, and the web server."""
    log = data / "log"
    log.mkdir(exist_ok=True)
    celery = ["celery", "-A", "config", "worker", "-B", "--concurrency", "2", "--loglevel", "INFO"]
    gunicorn = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    # Nobody else is listening: alone, a worker need not ask around for a second before it begins.
    _run(services, "worker", [*celery, "--without-gossip", "--without-mingle"], log=log / "worker.log")
    _run(services, "web server", [*gunicorn, "--graceful-timeout", "3", "--preload"], log=log / "web.log")


def _run(services: list[Service], name: str, module: Sequence[str], *, log: Path) -> Service:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    service = Service(name, process, log)
    services.append(service)
    return service


def _bring_in(services: list[Service], *, data: Path) -> None:
    """Hand in ``fixtures/sources`` at the first start; later, render anew if the site's address is another one."""
    from django.db import connection

    from archive import tasks
    from archive.models import Accession, Document

    address, kept = os.environ["PUBLIC_BASE_URL"], data / "public-base-url"
    if not Accession.objects.exists():
        command = ["manage", "accession", "fixtures/sources", "--publish", "--collection", COLLECTION]
        accession = _run(services, "accession", command, log=data / "log" / "accession.log")
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


def _end(services: list[Service]) -> None:
    """End every process: ask first, then insist. Signals that arrive now change nothing."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for service in services:
        service.signal(signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for service in services:
        with suppress(subprocess.TimeoutExpired):
            service.process.wait(max(0.0, deadline - time.monotonic()))
        service.signal(signal.SIGKILL)
        service.process.wait()


if __name__ == "__main__":
    sys.exit(main())
