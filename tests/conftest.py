"""The order of the suite, what of it runs on a second engine, and what need not be done twice."""

from __future__ import annotations

import dataclasses
import gc
import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from config.words import compile_catalogues
from tests.engines import migrated
from tests.sharing import WholeModules, empties_the_database, starts_processes

#: What brings a test the database. pytest-django's own fixtures end in ``db`` or ask for one that does.
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "admin_user", "admin_client"}


def pytest_configure(config: pytest.Config) -> None:
    """Have the translations as they are written, whoever starts the tests."""
    if not hasattr(config, "workerinput"):
        compile_catalogues(Path(__file__).resolve().parent.parent)


def pytest_collection_finish() -> None:
    """Look for rubbish rarely, and not among thousands of tests, which stay to the end anyway."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(optionalhook=True)  # who leaves pytest-xdist out has one process
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WholeModules:
    """Whatever ``--dist`` says; see tests/sharing.py."""
    return WholeModules(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put modules that start processes first, and those of few tests late, so that all workers end together.

    Modules that empty the database go last, as with pytest-django alone: with the rest, what migrations wrote is gone
    then, such as the groups. Of these, those that start a browser come first.
    On PostgreSQL only those tests run that an engine can make a difference to: the run on SQLite has all of them.
    """
    if os.environ.get("PYTEST_XDIST_WORKER"):
        sizes = Counter(item.path for item in items)
        emptying = {item.path for item in items if empties_the_database(item)}

        def turn(item: pytest.Item) -> tuple[bool, bool, bool, int]:
            last, browser = item.path in emptying, uses_browser(item)
            return not starts_processes(item.path), last, not browser, -sizes[item.path]

        items.sort(key=turn)
    if os.environ.get("TEST_ENGINE") == "postgresql":
        indifferent = [item for item in items if not asks_the_database(item)]
        config.hook.pytest_deselected(items=indifferent)
        items[:] = [item for item in items if asks_the_database(item)]


def uses_browser(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("browser"))


def asks_the_database(item: pytest.Item) -> bool:
    """Whether another engine could give another result."""
    if item.get_closest_marker("any_engine"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE)


@pytest.fixture(scope="session")
def django_db_keepdb():
    """What pytest-django makes databases by is told that they are there; see the next."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Have a migrated database there already when pytest-django comes to make one."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        with closing(migrated.fill(name)):
            yield
    else:
        migrated.create_on_postgresql(name)
        yield


@pytest.fixture(scope="module")
def lasting(django_db_setup, django_db_blocker):
    """What a fixture writes under this is there for all tests of its module: each rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def index_of_its_own(tmp_path_factory):
    """A folder for the index of each test: files are not rolled back with a transaction. Made when first written to."""
    from django.conf import settings
    from django.test import override_settings

    folder = tmp_path_factory.getbasetemp() / f"search-{uuid4().hex}"
    with override_settings(FONDS={**settings.FONDS, "SEARCH_FOLDER": str(folder)}):
        yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def each_page_is_drawn_once():
    """Keep what was drawn of a manuscript for the next test that has the same one.

    The same manuscript always gives the same bytes (tests/archive/typesetting hold that), and drawing a page
    takes a tenth of a second: without this, half of the suite's time.
    """
    from archive.conf import conf
    from archive.typesetting import drawing

    draw, drawn = drawing.draw, {}

    def draw_once(manuscripts):
        anonymous = tuple(dataclasses.replace(each, text_id=None) for each in manuscripts)
        key = (anonymous, tuple(map(str, conf().FONTS)))
        if key not in drawn:
            numbered = [dataclasses.replace(each, text_id=number) for number, each in enumerate(manuscripts)]
            volume = draw(numbered)
            drawn[key] = volume.pdf, list(volume.pages())
        pdf, pages = drawn[key]
        own = [dataclasses.replace(page, text_id=manuscripts[page.text_id].text_id) for page in pages]
        return SimpleNamespace(pdf=pdf, pages=lambda: iter(own))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "draw", draw_once)
        yield


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
