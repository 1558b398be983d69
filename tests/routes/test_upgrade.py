"""A site that is upgraded: what its accessions say of their files stays, and it becomes as a new one is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.routes.site import Processes, Site

pytestmark = pytest.mark.once

#: The database of a new site when 0007_groups was the last migration, as ``sqlite3.Connection.iterdump`` writes it.
AT_0007 = Path(__file__).with_name("archive_0007.sql")
NOW = "2026-11-01 12:00:00"
ONE_BY_ONE = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)
executor.migrate([("archive", "0007_groups")])
"""


def insert(connection: sqlite3.Connection, table: str, **columns: object) -> None:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    connection.execute(f"INSERT INTO archive_{table} ({names}) VALUES ({marks})", list(columns.values()))


def an_item(connection: sqlite3.Connection, position: int, state: str, **columns: object) -> None:
    values = {
        "accession_id": 1, "position": position, "part": 0, "name": f"letters/{position}.TXT", "original_id": 1,
        "state": state, "attempts": 1, "reason": "", "reader": "", "reader_version": "", "understood": "{}",
    }  # fmt: skip
    insert(connection, "accessionitem", **{**values, **columns})


def schema(database: Path, *kinds: str) -> dict[str, list[str]]:
    """What makes the tables and what hangs on them; the parts of a table sorted, for who adds a column adds it last."""
    with closing(sqlite3.connect(database)) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: in_parts(sql) if kind == "table" else [sql] for kind, name, sql in made if kind in kinds}


def in_parts(sql: str) -> list[str]:
    """What makes a table, parted at the commas of its outermost brackets."""
    parts, depth = [""], 0
    for each in sql.partition("(")[2].rpartition(")")[0]:
        depth += (each == "(") - (each == ")")
        if each == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += each
    return [sql.partition("(")[0], *sorted(part.strip() for part in parts), sql.rpartition(")")[2]]


def groups(site: Site) -> set[tuple[str, ...]]:
    return set(
        site.rows(
            "SELECT g.name, t.app_label, p.codename FROM auth_group g"
            " JOIN auth_group_permissions h ON h.group_id = g.id JOIN auth_permission p ON p.id = h.permission_id"
            " JOIN django_content_type t ON t.id = p.content_type_id"
        )
    )


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    """A site with an accession that has begun, from then until now."""
    site = Site(tmp_path_factory.mktemp("upgraded"), Processes())
    with closing(sqlite3.connect(site.folder / "fonds.sqlite3")) as connection:
        connection.executescript(AT_0007.read_text(encoding="utf-8"))
        insert(connection, "accession", id=1, state="running", publish=0, created_at=NOW, cancel_requested=0)
        insert(connection, "original", id=1, sha256="0" * 64, size=5, file="originals/00/0", created_at=NOW)
        known = {"reader": "page_text", "reader_version": "1", "finished_at": NOW}
        an_item(connection, 1, "created", understood='{"fields": []}', **known)
        an_item(connection, 2, "refused", reason="It is empty.", finished_at=NOW)
        an_item(connection, 3, "taken")
        connection.commit()
    site.manage("migrate", "--verbosity", "0")
    return site


def test_files_of_accessions_get_rows_of_their_own(upgraded):
    assert upgraded.rows("SELECT position, name, file_key, state, reason, reader FROM archive_accessionsource") == [
        (1, "letters/1.TXT", "1.txt", "read", "", "page_text"),
        (2, "letters/2.TXT", "2.txt", "refused", "It is empty.", ""),
        (3, "letters/3.TXT", "3.txt", "queued", "", ""),
    ]
    assert upgraded.rows("SELECT s.position, i.state FROM archive_accessionitem i JOIN archive_accessionsource s"
                         " ON s.id = i.source_id") == [(1, "created")]  # fmt: skip


def test_upgraded_site_is_as_a_new_one(upgraded, site):
    kinds = "table", "index", "trigger"

    assert schema(upgraded.folder / "fonds.sqlite3", *kinds) == schema(site.folder / "fonds.sqlite3", *kinds)
    assert groups(upgraded) == groups(site)
    assert upgraded.rows("SELECT id FROM archive_lastdatestamp") == site.rows("SELECT id FROM archive_lastdatestamp")


@pytest.mark.soak
def test_first_seven_migrations_make_the_site_that_is_upgraded_here(tmp_path, processes):
    with closing(sqlite3.connect(tmp_path / "written.sqlite3")) as connection:
        connection.executescript(AT_0007.read_text(encoding="utf-8"))
    Site(tmp_path, processes).manage("shell", "--verbosity", "0", "-c", ONE_BY_ONE)

    kinds = "table", "index"  # triggers and permissions come after all migrations
    assert schema(tmp_path / "fonds.sqlite3", *kinds) == schema(tmp_path / "written.sqlite3", *kinds)
