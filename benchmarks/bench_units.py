"""The archival tree at a million units: moving one with all that is below it, reading branches, opening its pages.

``BENCH_UNITS`` sets how many dela there are.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import backend_cpu, counted, django_up, measured, on_each_engine, tell


def main() -> None:
    engine = django_up()
    from django.db import connection

    from archive import units
    from archive.models import ArchivalUnit
    from archive.models.unit import sort_key
    from benchmarks import multitudes

    count = int(os.environ.get("BENCH_UNITS", 1_000_000))
    multitudes.units(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    fond = ArchivalUnit.objects.get(level="fond")
    elsewhere = ArchivalUnit.objects.create(level="repository", code="Elsewhere", sort_key=sort_key("Elsewhere"))
    opis = fond.children.order_by("pk")[0]
    verbs = {
        "moving a fond with all below it": lambda: units.move(fond, under=elsewhere),
        "a branch of a hundred dela": lambda: ArchivalUnit.objects.filter(pk__in=units.within(opis)).count(),
        "the path of a delo": lambda: units.ancestors([opis.children.order_by("-pk")[0].pk]),
        "the whole fond counted": lambda: ArchivalUnit.objects.filter(pk__in=units.within(fond)).count(),
    }
    for name, verb in verbs.items():
        with counted() as queries:
            before = backend_cpu()
            cpu, clock = measured(verb)
            cpu += backend_cpu() - before
        tell(
            figure=f"units, {name}", engine=engine, units=count, queries=len(queries),
            cpu_ms=round(1000 * cpu, 1), ms=round(1000 * clock, 1),
        )  # fmt: skip


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
