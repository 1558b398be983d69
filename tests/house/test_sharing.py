"""How the suite is shared among worker processes."""

import os
from pathlib import Path

import pytest

from tests.sharing import empties_the_database


@pytest.fixture(scope="module")
def workers():
    """The file of the workers that have had a test of this module."""
    workers = Path(os.environ["TEST_SCRATCH"]) / "workers"
    with workers.open("a") as file:
        file.write("one\n")
    return workers


@pytest.mark.parametrize("_number", range(8))
def test_module_goes_to_one_worker_whole(workers, _number):
    assert workers.read_text() == "one\n"


def test_what_migrations_wrote_is_there_for_all_modules_that_leave_it_alone(request):
    items = request.session.items
    emptied = next((number for number, item in enumerate(items) if empties_the_database(item)), len(items))
    emptying = {item.path for item in items[emptied:] if empties_the_database(item)}

    assert [item.nodeid for item in items[emptied:] if item.path not in emptying] == []
