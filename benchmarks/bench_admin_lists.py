"""List pages of the admin: queries, CPU time and time by the clock for each, as an archivist opens them.

``BENCH_DOCUMENTS=200000`` is the size that the lists are made for.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import django_up, kept, measured, on_each_engine, pages_measured, size, tell

DOCUMENTS = "/admin/archive/document/"
PAGES = {
    "first page": DOCUMENTS,
    "in the middle": DOCUMENTS + "?p={middle}",
    "last page": DOCUMENTS + "?p={last}",
    "sorted by title": DOCUMENTS + "?o=1",
    "sorted by title, last page": DOCUMENTS + "?o=1&p={last}",
    "sorted by date, latest first": DOCUMENTS + "?o=-2",
    "sorted by state": DOCUMENTS + "?o=3",
    "sorted by identifier": DOCUMENTS + "?o=4",
    "sorted by language": DOCUMENTS + "?o=5",
    "one state": DOCUMENTS + "?state__exact=draft",
    "one collection": DOCUMENTS + "?collections__id__exact=6",
    "a collection with others in it": DOCUMENTS + "?collections__id__exact=1",
    "a year": DOCUMENTS + "?dated_from=1950&dated_to=1950",
    "one language": DOCUMENTS + "?original_language=ru",
    "could not be published": DOCUMENTS + "?problem=publication",
    "ready for DPLA": DOCUMENTS + "?ready=dpla",
    "not ready for DPLA": DOCUMENTS + "?ready=-dpla",
    "not assessed": DOCUMENTS + "?ready=unknown",
    "a fond": DOCUMENTS + "?unit=2",
    "a delo": DOCUMENTS + "?unit=100",
    "searched for a common word": DOCUMENTS + "?q=Telegram",
    "searched for a rare word": DOCUMENTS + "?q=bench-12345",
    "searched for a number": DOCUMENTS + "?q=1234",
    "searched for a word that is nowhere": DOCUMENTS + "?q=Ulbricht",
    "searched for a name": DOCUMENTS + "?q=Agent+77",
    "searched for two words": DOCUMENTS + "?q=Roshchin+Agent",
    "searched within a collection": DOCUMENTS + "?q=Telegram&collections__id__exact=6",
    "with counts": DOCUMENTS + "?_facets=True",
    "with counts within a collection": DOCUMENTS + "?_facets=True&collections__id__exact=6",
    "with counts within a state": DOCUMENTS + "?_facets=True&state__exact=draft",
    "with counts within a search": DOCUMENTS + "?_facets=True&q=Agent+77",
    "agents": "/admin/archive/agent/",
    "collections": "/admin/archive/collection/",
}


def main() -> None:
    engine = django_up()
    from benchmarks.holdings import load

    count = size(10_000)
    if not kept():
        cpu, clock = measured(lambda: load(count))
        tell(figure="loading", engine=engine, documents=count, cpu_seconds=round(cpu, 1), seconds=round(clock, 1))
    pages = {
        name: template.format(middle=count // 100 or 1, last=max(1, count // 50)) for name, template in PAGES.items()
    }
    pages_measured(pages, engine=engine, documents=count)


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
