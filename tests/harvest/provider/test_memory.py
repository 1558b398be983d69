"""A worker stays small, however long the list is."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.soak
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_worker_that_serves_a_long_list_stays_under_120_megabytes(engine):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "benchmarks/bench_memory.py"],
        env={"BENCH_DOCUMENTS": "100000", **environment, "BENCH_ENGINES": engine},
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
    ).stdout

    # Its fair share of what several processes have in common, such as libraries.
    assert json.loads(told.splitlines()[-1])["pss"] < 120
