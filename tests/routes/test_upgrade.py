"""A site that is upgraded: what its accessions say of their files stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.routes.site import Site

pytestmark = pytest.mark.once

NOW = "2026-11-01 12:00:00"


def insert(connection: sqlite3.Connection, table: str, **columns: object) -> None:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    connection.execute(f"INSERT INTO archive_{table} ({names}) VALUES ({marks})", list(columns.values()))


def an_item(connection: sqlite3.Connection, position: int, state: str, **columns: object) -> None:
    values = {
        "accession_id": 1, "position": position, "part": 0, "name": f"letters/{position}.TXT", "original_id": 1,
        "state": state, "attempts": 1, "reason": "", "reader": "", "reader_version": "", "understood": "{}",
    }  # fmt: skip
    insert(connection, "accessionitem", **{**values, **columns})


def test_files_of_accessions_get_rows_of_their_own(tmp_path, processes):
    site = Site(tmp_path, processes)
    site.manage("migrate", "archive", "0007", "--verbosity", "0")
    with closing(sqlite3.connect(tmp_path / "fonds.sqlite3")) as connection:
        insert(connection, "accession", id=1, state="running", publish=0, created_at=NOW, cancel_requested=0)
        insert(connection, "original", id=1, sha256="0" * 64, size=5, file="originals/00/0", created_at=NOW)
        known = {"reader": "page_text", "reader_version": "1", "finished_at": NOW}
        an_item(connection, 1, "created", understood='{"fields": []}', **known)
        an_item(connection, 2, "refused", reason="It is empty.", finished_at=NOW)
        an_item(connection, 3, "taken")
        connection.commit()

    site.manage("migrate", "--verbosity", "0")

    assert site.rows("SELECT position, name, file_key, state, reason, reader FROM archive_accessionsource") == [
        (1, "letters/1.TXT", "1.txt", "read", "", "page_text"),
        (2, "letters/2.TXT", "2.txt", "refused", "It is empty.", ""),
        (3, "letters/3.TXT", "3.txt", "queued", "", ""),
    ]
    assert site.rows("SELECT s.position, i.state FROM archive_accessionitem i JOIN archive_accessionsource s"
                     " ON s.id = i.source_id") == [(1, "created")]  # fmt: skip
