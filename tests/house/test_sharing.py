"""How the suite is shared among worker processes."""

import os
from pathlib import Path

import pytest


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
