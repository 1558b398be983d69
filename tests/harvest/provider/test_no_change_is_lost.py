"""No change is ever lost, whoever changes what in which order, and however long it takes until others see it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from archive import datestamps, representations
from harvest.formats import FORMATS
from tests.harvest.keeping.machine import CLOCKS, ArchiveAtWork


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


def settings_of(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


def test_copy_of_every_harvester_equals_the_database(several_connections, harvested_alone, several_clocks):
    run_state_machine_as_test(ArchiveAtWork, settings=settings_of(12, 25))


@pytest.mark.soak
def test_copy_of_every_harvester_equals_the_database_a_thousand_times(
    several_connections, harvested_alone, several_clocks
):
    run_state_machine_as_test(ArchiveAtWork, settings=settings_of(1000, 50))
