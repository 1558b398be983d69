"""Fixtures for many who work at the same time."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from django.db import connection, connections

from archive import datestamps, representations
from harvest.formats import FORMATS
from tests.harvest.keeping.machine import CLOCKS


@pytest.fixture
def several_connections(transactional_db, tmp_path):
    """A database that several threads can open, as several processes do; SQLite's is a file, not the memory's."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, path = connections["default"], tmp_path / "fonds.sqlite3"
    in_memory.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        in_memory.connection.backup(copy)
    name = in_memory.settings_dict["NAME"]
    del connections["default"]
    connections.databases["default"]["NAME"] = str(path)
    yield
    connections["default"].close()
    connections.databases["default"]["NAME"] = name
    connections["default"] = in_memory


@pytest.fixture
def harvested_alone(monkeypatch, settings):
    """Only what is harvested is rendered, and lists have pages of two records."""
    registry = representations.Registry()
    for each in FORMATS:
        registry.register(each)
    monkeypatch.setattr(representations, "registry", registry)
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 2}


@pytest.fixture
def several_clocks(monkeypatch):
    monkeypatch.setattr(datestamps, "now", CLOCKS.now)
