"""Documents described, and assessed for readiness, per CPU second, in batches of 500."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import counted, django_up, measured, on_each_engine, size, tell

BATCH = 500


def main() -> None:
    engine = django_up()
    from archive.description import describe
    from archive.readiness import assess
    from benchmarks.holdings import batches, load

    count = size(2000)
    load(count)
    for name, verb in (("describe", describe), ("assess", assess)):
        for batch in batches(BATCH, BATCH):
            verb(batch)  # warm
            with counted() as queries:
                verb(batch)
            asked = len(queries)
        cpu, clock = measured(lambda verb=verb: [verb(batch) for batch in batches(count, BATCH)])
        tell(
            figure=f"documents per CPU second, {name}", engine=engine, documents=count, batch=BATCH,
            value=round(count / cpu), per_second=round(count / clock), queries_per_batch=asked,
        )  # fmt: skip


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
