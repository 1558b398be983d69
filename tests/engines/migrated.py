"""The database of a new site, migrated once for a whole run of the tests and copied for each who needs one.

The migrations take seven seconds of the processor, and every worker process of pytest and every site that a test starts
would take them again. What a copy is of stands in the scratch folder of the run, see tests/settings.py.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
#: The name of the database on PostgreSQL that others are made from.
TEMPLATE = "migrated"


def sqlite_file() -> Path:
    """The file of a migrated SQLite database, to be copied."""
    folder = Path(os.environ["TEST_SCRATCH"]) / "migrated"
    _once(folder, lambda: _migrate(DATA_DIR=str(folder)))
    return folder / "fonds.sqlite3"


def copy_to(folder: Path) -> None:
    """Give a site that keeps its data in ``folder`` a migrated SQLite database."""
    folder.mkdir(exist_ok=True)
    shutil.copy(sqlite_file(), folder / "fonds.sqlite3")


def fill(name: str) -> sqlite3.Connection:
    """Fill the SQLite database in memory that has this name; it lasts while the connection that is returned is open."""
    memory = sqlite3.connect(name, uri=True, check_same_thread=False)
    with closing(sqlite3.connect(sqlite_file())) as migrated:
        migrated.backup(memory)
    return memory


def create_on_postgresql(name: str) -> None:
    """Make a migrated database of this name on the server of the tests."""
    import psycopg

    server = {name: os.environ[name] for name in ("TEST_ENGINE", "TEST_POSTGRESQL", "TEST_SCRATCH")}
    with psycopg.connect(
        host=server["TEST_POSTGRESQL"], user="postgres", dbname="postgres", autocommit=True
    ) as connection:

        def make_template() -> None:
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
            _migrate(DJANGO_SETTINGS_MODULE="tests.settings", TEST_DATABASE=TEMPLATE, **server)

        _once(Path(server["TEST_SCRATCH"]) / "migrated-on-postgresql", make_template)
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE}')


def _once(folder: Path, verb: Callable[[], None]) -> None:
    """Do something that fills a folder, unless another process of this run has."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            verb()
            (folder / "done").touch()


def _migrate(**environment: str) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**kept, "SECRET_KEY": "only for the tests", "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        check=True,
    )
