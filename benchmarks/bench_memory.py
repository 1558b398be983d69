"""Megabytes of one worker that has served 400 compressed pages from all over the list, in a process of its own.

``anonymous`` is what the worker itself has taken; ``mapped`` are libraries and, on SQLite, the part of the database
file that is mapped, which is the machine's cache and is given back when others want it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import django_up, on_each_engine, size, tell

PAGES = 400


def main() -> None:
    engine = django_up()
    from django.db import connection

    from benchmarks.records import load

    held = size(20_000)
    load(held)
    name = str(connection.settings_dict["NAME"])
    served = subprocess.run([sys.executable, __file__, name, str(held)], check=True, capture_output=True, text=True)
    tell(figure="memory of one worker", engine=engine, records=held, goal="≤ 120 MB", **json.loads(served.stdout))


def serve(name: str, held: int) -> None:
    """Serve pages from a database, and print what that took."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.db import connection

    from benchmarks.bench_oai import Site

    connection.settings_dict["NAME"] = name
    page = Site().pages(held, encoding="gzip")
    for _ in range(PAGES):
        assert page()
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    anonymous, mapped = (int(status[key].split()[0]) // 1024 for key in ("RssAnon", "RssFile"))
    print(json.dumps({"anonymous": anonymous, "mapped": mapped}))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(sys.argv[1], int(sys.argv[2]))
    else:
        main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
