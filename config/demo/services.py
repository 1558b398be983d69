"""The processes of the demo: each has a process group of its own, and none outlives the demo."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
#: Seconds that a process gets to end by itself.
PATIENCE = 10


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


def start(services: list[Service], name: str, module: Sequence[str], *, log: Path) -> Service:
    """Start a Python module as a process that writes to ``log``, and note it in ``services``."""
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


def end(services: list[Service]) -> None:
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
        _wait_for_group(service.process.pid)


def _wait_for_group(group: int) -> None:
    """Wait until the last process of a group has gone, which takes a moment even after SIGKILL."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
            return
        time.sleep(0.01)
