"""The embedded broker: a message is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from celery import Celery
from kombu import Connection

from config import queue
from config.celery import app as site


@pytest.fixture
def folder(tmp_path):
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def connection(folder):
    options = {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
    }
    with Connection("filesystem://", transport_options=options) as connection:
        yield connection


def test_site_uses_this_broker():
    assert isinstance(site, Celery)
    assert type(Connection("filesystem://").transport) is queue.Transport


def test_message_is_not_seen_before_it_is_whole(connection, folder, monkeypatch):
    seen = []
    write = Path.write_bytes

    def writing(path, content):
        path.touch()
        seen.append(connection.channel()._size("hints"))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", writing)
    with connection.SimpleQueue("hints") as hints:
        hints.put({"accession": 1})

        assert seen == [0]
        assert hints.get(block=False).payload == {"accession": 1}


def test_message_that_a_kill_left_half_written_ends_no_worker(connection, folder):
    with connection.SimpleQueue("others") as hints:
        (folder / "queue" / "0_x.others.msg").touch()
        hints.put({"accession": 1})

        with pytest.raises(hints.Empty):
            hints.get(block=False)
        assert hints.get(block=False).payload == {"accession": 1}
