"""No loops: what is above, broader or around something is not below it, whoever writes it there.

A check constraint sees one row, and a loop takes several. Triggers see them all. They are made after each ``migrate``,
not by a migration: on SQLite most changes of a table make it anew, and a trigger goes with the old one. A new row that
has nothing below it closes no loop, so only links are looked at when they come in, and rows when they move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.apps import AppConfig
from django.db import IntegrityError, connections

from archive.models.collection import Collection
from archive.models.concept import Concept
from archive.models.place import Place
from archive.models.unit import ArchivalUnit


@dataclass(frozen=True)
class Tree:
    """Where a table says what stands below what, and when that can close a loop."""

    name: str
    table: str
    below: str
    above: str
    events: tuple[str, ...]


def _rows(name: str, model: type[Collection | Place | ArchivalUnit], field: str) -> Tree:
    """A tree in which each row names the one above it."""
    column = str(model._meta.get_field(field).attname)  # type: ignore[union-attr]
    return Tree(name, model._meta.db_table, "id", column, (f"UPDATE OF {column}",))


#: Every tree of the model. The name of each is what the database answers when it refuses.
TREES = (
    _rows("archive_collection_has_no_loop", Collection, "parent"),
    _rows("archive_unit_has_no_loop", ArchivalUnit, "parent"),
    _rows("archive_place_has_no_loop", Place, "broader"),
    Tree(
        "archive_concept_has_no_loop",
        Concept.broader.through._meta.db_table,
        "from_concept_id",
        "to_concept_id",
        ("INSERT", "UPDATE"),
    ),
)


def guard(sender: AppConfig, using: str, **kwargs: object) -> None:
    """Have the database refuse loops with an IntegrityError; a receiver of ``post_migrate``. Takes any number of calls.

    Does nothing where the tables are not there yet, as after ``migrate archive 0001``, or on another engine.
    """
    connection = connections[using]
    if connection.vendor not in STATEMENTS:
        return
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for tree in TREES:
            if tree.table in there:
                for statement in STATEMENTS[connection.vendor](tree):
                    cursor.execute(statement)


def closes_loop(error: IntegrityError) -> bool:
    """Whether a loop is what the database has refused."""
    return any(tree.name in str(error) for tree in TREES)


def _sqlite(tree: Tree) -> Iterator[str]:
    for number, event in enumerate(tree.events):
        yield f"""CREATE TRIGGER IF NOT EXISTS {tree.name}_{number} BEFORE {event} ON {tree.table}
            WHEN NEW.{tree.above} IS NOT NULL BEGIN
                SELECT RAISE(ABORT, '{tree.name}') WHERE NEW.{tree.below} IN ({_all_above(tree)});
            END"""


def _postgresql(tree: Tree) -> Iterator[str]:
    """The lock is for two who each bring in half of a loop at the same time: neither would see the other's half."""
    yield f"""CREATE OR REPLACE FUNCTION {tree.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_advisory_xact_lock(hashtext('{tree.name}'));
            IF NEW.{tree.below} IN ({_all_above(tree)}) THEN
                RAISE EXCEPTION '{tree.name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{tree.name}';
            END IF;
            RETURN NEW;
        END $$"""
    yield f"""CREATE OR REPLACE TRIGGER {tree.name} BEFORE {" OR ".join(tree.events)} ON {tree.table}
        FOR EACH ROW WHEN (NEW.{tree.above} IS NOT NULL) EXECUTE FUNCTION {tree.name}()"""


def _all_above(tree: Tree) -> str:
    """What is above the row that comes in, however far up. UNION ends it even where a loop is there from before."""
    # Nothing here is typed by anybody: the names are those of the tables above.
    return f"""WITH RECURSIVE above (id) AS (
            SELECT NEW.{tree.above}
            UNION SELECT held.{tree.above} FROM {tree.table} held JOIN above ON held.{tree.below} = above.id
            WHERE held.{tree.above} IS NOT NULL
        ) SELECT id FROM above"""  # noqa: S608


STATEMENTS: dict[str, Callable[[Tree], Iterable[str]]] = {"sqlite": _sqlite, "postgresql": _postgresql}
