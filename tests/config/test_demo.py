"""The demo as a person starts and ends it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from urllib.request import urlopen

import psutil
import pytest
from django.conf import settings

pytestmark = pytest.mark.once


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def start(tmp_path):
    """Start a demo on a port; it ends with the test."""
    started = []

    def start(port):
        demo = subprocess.Popen(
            [sys.executable, "-m", "config.demo"],
            cwd=settings.BASE_DIR,
            env={**os.environ, "PORT": str(port), "DATA_DIR": str(tmp_path / "var")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(demo)
        return demo

    yield start
    for demo in started:
        demo.terminate()
        demo.wait(timeout=60)


def until_ready(demo):
    """What the demo says until it is ready."""
    said = ""
    for line in demo.stdout:
        said += line
        if "Ctrl-C" in line:
            return said
    raise AssertionError(said)


def children(tmp_path):
    """The processes that have this test's data folder in their environment, however they came to be."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("DATA_DIR") == str(tmp_path / "var"):
                found.append(process.cmdline())
    return found


def test_demo_serves_keeps_its_data_and_leaves_no_process(start, port, tmp_path):
    demo = start(port)
    said = until_ready(demo)
    manifest = re.search(r"http://\S+/manifest", said).group()
    with urlopen(manifest) as answer:
        assert answer.status == 200
        assert f'"id":"{manifest}"' in answer.read().decode().replace('": "', '":"')
    assert re.search(r"admin / \S{16}", said)
    with urlopen(f"http://localhost:{port}/places/") as answer:
        assert 'class="dot"' in answer.read().decode()
    assert len(children(tmp_path)) > 4

    demo.send_signal(signal.SIGINT)
    assert demo.wait(timeout=60) == 0
    assert children(tmp_path) == []

    begun = time.monotonic()
    again = start(port)
    said = until_ready(again)
    assert manifest in said
    assert "admin / " not in said
    assert time.monotonic() - begun < 20  # 3 seconds on a machine with nothing else to do


def test_demo_on_a_taken_port_says_so_and_starts_nothing(start, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        demo = start(taken.getsockname()[1])
        said = demo.communicate(timeout=60)[0]

    assert demo.returncode == 1
    assert "cannot be used" in said
    assert children(tmp_path) == []
