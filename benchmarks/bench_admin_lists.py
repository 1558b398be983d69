"""List pages of the admin: queries, CPU time and time by the clock for each, as an archivist opens them.

``BENCH_DOCUMENTS=200000`` is the size that the lists are made for.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import counted, django_up, measured, on_each_engine, size, tell

PAGES = {
    "first page": "/admin/archive/document/",
    "in the middle": "/admin/archive/document/?p={middle}",
    "sorted by title": "/admin/archive/document/?o=1",
    "one state": "/admin/archive/document/?state__exact=draft",
    "one collection": "/admin/archive/document/?collections__id__exact=1",
    "a year": "/admin/archive/document/?dated_from=1950&dated_to=1950",
    "ready for DPLA": "/admin/archive/document/?ready=dpla",
    "not ready for DPLA": "/admin/archive/document/?ready=-dpla",
    "searched for a number": "/admin/archive/document/?q=1234",
    "searched for two names": "/admin/archive/document/?q=Roshchin+Agent",
    "agents": "/admin/archive/agent/",
    "collections": "/admin/archive/collection/",
}


def main() -> None:
    engine = django_up()
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client

    from benchmarks.holdings import load

    count = size(10_000)
    cpu, clock = measured(lambda: load(count))
    tell(figure="loading", engine=engine, documents=count, cpu_seconds=round(cpu, 1), seconds=round(clock, 1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(User.objects.create_superuser("bench"))
    for name, template in PAGES.items():
        address = template.format(middle=count // 100 or 1)
        client.get(address)  # warm
        with counted() as queries:
            assert client.get(address).status_code == 200, address
        asked = len(queries)  # the next request empties the log
        cpu, clock = measured(lambda address=address: client.get(address))
        tell(
            figure=f"list page, {name}", engine=engine, documents=count, queries=asked,
            cpu_ms=round(1000 * cpu), ms=round(1000 * clock),
        )  # fmt: skip


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
