"""Hours of an archive in some minutes: processes that publish, withdraw and are killed, and harvesters over HTTP."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection

from tests.harvest.keeping.copies import copies
from tests.harvest.keeping.process import checksums, name
from tests.routes.site import Processes

pytestmark = [pytest.mark.soak, pytest.mark.django_db]

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "4000"))
#: By how many seconds the clock of each publishing process is wrong.
WRONG_BY = (0, -30, 20)
#: After so many rounds, one of them is killed.
KILL_EVERY = 40
DATABASE = "fonds_soak"


@pytest.fixture
def processes():
    started = Processes()
    yield started
    started.end()


@pytest.fixture
def environment(tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    module = "tests.harvest.keeping.settings"
    kept |= {"DJANGO_SETTINGS_MODULE": module, "PROJECT_DATA": str(tmp_path), "PYTHONPATH": str(settings.BASE_DIR)}
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {DATABASE}")
        kept |= {"KEEPING_POSTGRESQL": connection.settings_dict["HOST"], "KEEPING_DATABASE": DATABASE}
    return kept


def run(task: str, environment: dict[str, str]) -> str:
    """Let a process of the archive do its task to the end."""
    command = [sys.executable, "-m", "tests.harvest.keeping.process", task]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def served(folder: Path, processes: Processes, environment: dict[str, str]) -> str:
    """Start a web server with two processes; return the address of the repository."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    application = "django.core.wsgi:get_wsgi_application()"
    options = ["--workers", "2", "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", application, *options]
    processes.start(*command, log=folder / "web.log", env=environment)
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return f"http://127.0.0.1:{port}/oai"
        time.sleep(0.2)
    raise AssertionError((folder / "web.log").read_text())


def test_copies_equal_the_database_after_thousands_of_rounds(tmp_path, processes, environment):
    run("fill", environment)
    address, chance = served(tmp_path, processes, environment), random.Random(7)
    log, publishers = tmp_path / "work.log", []

    def publisher(number: int):
        told = ["work", "--seed", str(chance.randrange(10**6)), "--wrong-by", str(WRONG_BY[number])]
        command = [sys.executable, "-m", "tests.harvest.keeping.process", *told]
        return processes.start(*command, log=log, env=environment)

    def ask(query: str) -> bytes:
        with urlopen(f"{address}?{query}", timeout=60) as answer:
            return answer.read()

    compared = copies(ask)
    publishers = [publisher(number) for number in range(len(WRONG_BY))]
    for n in range(ROUNDS):
        chance.choice(compared).harvest()
        if n % KILL_EVERY == KILL_EVERY - 1:
            number = chance.randrange(len(publishers))
            processes.kill(publishers[number])
            publishers[number] = publisher(number)
    for each in publishers:
        processes.kill(each)

    wanted = json.loads(run("settle", environment))
    for copy in compared:
        copy.harvest()
    said = log.read_text().splitlines()
    print(f"{ROUNDS} rounds, {len(said)} changes, {sorted({x for x in said if x.startswith('error')})}")  # noqa: T201 - for who runs it
    for copy in compared:
        assert checksums(copy.records) == wanted[name(copy.prefix, copy.spec)], name(copy.prefix, copy.spec)
    assert all(wanted.values()), "nothing was harvested"
