"""@iiif/parser, which viewers are built on, as a second reader of what is served."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from django.conf import settings

HERE = Path(__file__).parent


def understood(resources: Sequence[dict[str, Any]]) -> list[dict[str, int]]:
    """How many of each type it finds in each resource; ``canvases`` is how many it keeps when it puts them in order."""
    path = f"{settings.BASE_DIR}/.venv/bin:{os.environ.get('PATH', '')}"
    node = which("node", path=path)
    if node is None or not (HERE / "node_modules").exists():
        pytest.skip("needs Node.js and @iiif/parser, which `make test` brings in")
    done = subprocess.run(
        [node, str(HERE / "read.mjs")], input=json.dumps(resources), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
