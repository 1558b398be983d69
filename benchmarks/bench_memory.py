"""Megabytes of one gunicorn worker that has sent harvesters 400 compressed pages from all over the list.

``rss`` is what the machine's tools show for it, ``pss`` its fair share of that. ``anonymous`` is what the worker itself
has taken, and keeps; ``mapped`` are libraries and, on SQLite, the part of the database file that is mapped
(``PRAGMA mmap_size``): the machine's cache, given back when others want it.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import ROOT, django_up, on_each_engine, size, tell

PAGES = 400
#: Seconds that the worker gets to answer for the first time.
STARTUP = 120


def main() -> None:
    engine = django_up()
    from django.db import connection

    from benchmarks.bench_oai import places, token
    from benchmarks.records import load

    held = size(20_000)
    load(held)
    queries = [f"verb=ListRecords&resumptionToken={token(at)}" for at in places(held)]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "gunicorn", "benchmarks.served:application", "--workers", "1"]
    environment = {**os.environ, "BENCH_NAME": str(connection.settings_dict["NAME"])}
    master = subprocess.Popen(
        [*command, "--no-control-socket", "--timeout", "300", "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=environment
    )
    try:
        _until_it_answers(f"http://127.0.0.1:{port}/oai?verb=Identify")
        for query in (queries * PAGES)[:PAGES]:
            assert len(_got(f"http://127.0.0.1:{port}/oai?{query}")) > 10_000, query
        worker = int(Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()[0])
        tell(figure="memory of one worker", engine=engine, records=held, goal="≤ 120 MB", **_memory(worker))
    finally:
        master.terminate()
        master.wait()


def _got(url: str) -> bytes:
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"}), timeout=300) as answer:
        return bytes(answer.read())


def _until_it_answers(url: str) -> None:
    ends = time.monotonic() + STARTUP
    while time.monotonic() < ends:
        try:
            _got(url)
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{url} did not answer in {STARTUP} seconds")


def _memory(pid: int) -> dict[str, int]:
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    megabytes = {name: int(kilobytes) // 1024 for name, kilobytes in re.findall(r"^(\w+): +(\d+) kB", told, re.M)}
    rss, anonymous = megabytes["Rss"], megabytes["Anonymous"]
    return {"rss": rss, "pss": megabytes["Pss"], "anonymous": anonymous, "mapped": rss - anonymous}


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
