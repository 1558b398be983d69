"""How worker processes share the tests.

A module goes to one worker whole: what its tests have in common, its data or a browser, is made once. Those that start
processes mostly wait for them, and so stand in two rows of one after the other: of three workers two take them, and the
third meanwhile has the machine for the rest.

The groups of ``--dist loadgroup`` would say as much, but pytest-xdist 3.8 writes them into an attribute that pytest 9
does not read, and each test goes to whoever is free.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
#: Fixtures that make all that a test writes be deleted after it.
EMPTYING = {"transactional_db", "django_db_reset_sequences", "live_server"}


@cache
def starts_processes(module: Path) -> bool:
    """Whether something in a module of tests is marked ``once``."""
    return "pytest.mark.once" in module.read_text(encoding="utf-8")


def empties_the_database(item: pytest.Item) -> bool:
    """Whether what a test writes is there for all to see, and everything is deleted after it."""
    mark = item.get_closest_marker("django_db")
    marked = bool(mark and (mark.kwargs.get("transaction") or mark.args[:1] == (True,)))
    return marked or not EMPTYING.isdisjoint(getattr(item, "fixturenames", ()))


class WholeModules(LoadScopeScheduling):
    """Gives each worker one module after the other, in the order in which they were collected."""

    def __init__(self, config: Any, log: Any) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        if starts_processes(ROOT / module):
            return "processes of routes" if module.startswith("tests/routes/") else "other processes"
        return module
