"""The site as it runs: processes of its own, its own data, a real queue."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.engines import migrated

#: Seconds that anything may take on a machine that has much else to do.
PATIENCE = 90


class Processes:
    """Processes that end with the test, with all that they started."""

    def __init__(self) -> None:
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str, log: Path, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a command in a process group of its own; what it says goes to ``log``."""
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process and its children at once, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_child(self, process: subprocess.Popen[bytes]) -> None:
        """Kill what a process has started, as the system does where memory is short; the process itself goes on."""
        with suppress(ProcessLookupError, FileNotFoundError):
            for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
                os.kill(int(child), signal.SIGKILL)

    def end(self) -> None:
        """Kill whatever still runs."""
        for process in self.running:
            self.kill(process)


class Site:
    """A site with an empty SQLite database in ``folder``, and with the given broker or the embedded one."""

    def __init__(self, folder: Path, processes: Processes, *, broker: str = "", **environment: str) -> None:
        self.folder = folder
        self.processes = processes
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self.environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATA_DIR": str(folder),
            "SECRET_KEY": "only for the tests",
            **({"CELERY_BROKER_URL": broker} if broker else {}),
            **environment,
        }

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py to its end, and return what it says; it must succeed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def migrate(self) -> None:
        """Have a migrated database, as ``manage.py migrate`` makes it."""
        migrated.copy_to(self.folder)

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        """Start a Celery worker, which need not be ready when this returns: messages wait for it."""
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency", "1", *options]
        return self.processes.start(*command, "--loglevel", "INFO", log=self.log, env=self.environment)

    def beat(self) -> subprocess.Popen[bytes]:
        """Start what reminds the workers, apart from them: a worker's only children are then those that work."""
        command = [sys.executable, "-m", "celery", "-A", "config", "beat"]
        return self.processes.start(*command, log=self.folder / "beat.log", env=self.environment)

    @property
    def log(self) -> Path:
        """What the workers say."""
        return self.folder / "worker.log"

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database holds, asked from outside."""
        with closing(sqlite3.connect(self.folder / "fonds.sqlite3", timeout=20)) as connection:
            return connection.execute(query).fetchall()

    def wait_until(self, condition: Callable[[], Any], *, patience: float = PATIENCE) -> None:
        """Look again and again until the condition holds; a worker's words explain why it never did."""
        deadline = time.monotonic() + patience
        while not condition():
            assert time.monotonic() < deadline, self.log.read_text() if self.log.exists() else "nothing was logged"
            time.sleep(0.1)
