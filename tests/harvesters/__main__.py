"""``python -m tests.harvesters [RECORDS [VALIDATOR]]``: starts the site and lets each harvester have all of it.

Each harvests the whole, then what changed since the last datestamp of that, and must end with what the database has.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.harvesters.clients import OF_PERL, OF_PYTHON, Missing
from tests.harvesters.repository import Records, change, load, records
from tests.harvesters.validator import validate

ROOT = Path(__file__).resolve().parents[2]
BEGAN = datetime(2020, 1, 1, 12, tzinfo=UTC)
#: Seconds that the site gets to answer for the first time.
STARTUP = 60


def main(count: int = 10_000, checkout: str = "") -> int:
    """Run everything; return how many found a fault."""
    with tempfile.TemporaryDirectory() as folder:
        base = f"http://127.0.0.1:{_free_port()}"
        _settle(folder, base)
        load(count, at=BEGAN)
        with _served(base):
            return _all(f"{base}/oai", count, checkout)


def _all(url: str, count: int, checkout: str) -> int:
    faults = _tried("HTTP::OAIPMH::Validator", lambda: validate(url, checkout))
    clients = OF_PYTHON | OF_PERL
    got: dict[str, Records] = {}

    def whole(name: str) -> str:
        got[name] = clients[name](url, "")
        return _compared(got[name], records())

    def rest(name: str) -> str:
        got[name] |= clients[name](url, f"{later:%Y-%m-%dT%H:%M:%SZ}")
        return _compared(got[name], records())

    faults += sum(_tried(f"{name}, whole", lambda name=name: whole(name)) for name in clients)
    later = BEGAN + timedelta(seconds=count)
    load(count // 100, at=later, begin=count)
    change(range(count // 50), at=later)
    return faults + sum(_tried(f"{name}, changes", lambda name=name: rest(name)) for name in got)


def _tried(name: str, run: Callable[[], str]) -> int:
    """Run something and tell what came of it; 1 if that is a fault."""
    began = time.perf_counter()
    try:
        said, fault = run(), 0
    except Missing as missing:
        said, fault = f"skipped: {missing}", 0
    except Exception as error:  # noqa: BLE001 - whatever it is, the others shall run
        said, fault = f"FAULT: {error!r}"[:4000], 1
    print(f"{name}: {said} ({time.perf_counter() - began:.1f} s)", flush=True)  # noqa: T201 - it talks to a person
    return fault


def _compared(got: Records, held: Records) -> str:
    lacking, beside = held.keys() - got.keys(), got.keys() - held.keys()
    wrong = [name for name in got.keys() & held.keys() if got[name] != held[name]]
    differ = bool(lacking or beside or wrong)
    assert not differ, f"lacks {len(lacking)}, {len(beside)} beside, {len(wrong)} wrong"
    return f"{len(got)} records, {sum(got.values())} of them deleted, all as in the database"


def _settle(folder: str, base: str) -> None:
    """Let the site be in the folder, for this process and for the server that it starts."""
    os.environ.update(
        DATA_DIR=folder, DATABASE_URL=f"sqlite:///{folder}/fonds.sqlite3", SECRET_KEY=secrets.token_urlsafe(50),
        PUBLIC_BASE_URL=base, OAI_NAMESPACE="archive.example.org", ADMIN_EMAIL="oai@archive.example.org",
        DJANGO_SETTINGS_MODULE="config.settings",
    )  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


@contextmanager
def _served(base: str) -> Iterator[None]:
    """The site, by gunicorn, until the end of the block."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "-b", base.removeprefix("http://"), "-w", "2"]
    server = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT)
    try:
        _wait(f"{base}/oai?verb=Identify")
        yield
    finally:
        server.terminate()
        server.wait()


def _wait(url: str) -> None:
    until = time.monotonic() + STARTUP
    while True:
        try:
            urlopen(url).close()
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:2]), *sys.argv[2:3]), 1))
