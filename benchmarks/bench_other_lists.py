"""List pages of the admin beside that of documents: queries and CPU time for each, as an archivist opens them.

``BENCH_DOCUMENTS=200000`` is the size that the lists are made for: so many agents, places, concepts, links, units,
accession items, jobs, and items of jobs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import django_up, kept, on_each_engine, pages_measured, size

ADMIN = "/admin/archive/"
#: The lists, with a word that many of their rows have, one that few have, and a filter.
LISTS = {
    "agent": ("Roshchin", "Roshchinoff 4242", "kind__exact=corporate_body"),
    "place": ("Place", "Locality 4242", "merged=yes"),
    "concept": ("Concept", "Label 4242", "scheme__id__exact=2"),
    "authoritylink": ("wikidata", "Q4242", "status__exact=accepted"),
    "archivalunit": ("Correspondence", "4242", "level__exact=delo"),
    "accessionsource": ("telegram", "telegram-4242", "state__exact=refused"),
    "accessionitem": ("telegram", "telegram-4242", "state__exact=refused"),
    "accession": ("", "", "state__exact=done_with_errors"),
    "job": ("Publish", "Publish 4242", "state__exact=failed"),
    "jobitem": ("", "bench-4242", "state__exact=failed"),
}


def main() -> None:
    engine = django_up()
    from benchmarks.holdings import load
    from benchmarks.multitudes import multitudes

    count = size(10_000)
    if not kept():
        load(min(count, 4000))
        multitudes(count)
    pages_measured(_pages(), engine=engine, rows=count)


def _pages() -> dict[str, str]:
    """The pages by name."""
    pages = {}
    for model, (common, rare, narrowed) in LISTS.items():
        address = f"{ADMIN}{model}/"
        pages[f"{model}, first page"] = address
        pages[f"{model}, page 20"] = f"{address}?p=20"
        pages[f"{model}, filtered"] = f"{address}?{narrowed}"
        pages[f"{model}, counted"] = f"{address}?_facets=True"
        if common:
            pages[f"{model}, searched for a common word"] = f"{address}?q={common}"
        if rare:
            pages[f"{model}, searched for a rare word"] = f"{address}?q={rare.replace(' ', '+')}"
    pages["agent, chosen while typing"] = (
        "/admin/autocomplete/?app_label=archive&model_name=contribution&field_name=agent&term=Roshch"
    )
    pages["archivalunit, below an opis"] = f"{ADMIN}archivalunit/?parent__id__exact=2100"
    return pages


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
