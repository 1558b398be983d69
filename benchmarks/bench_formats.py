"""Records rendered in each metadata format: CPU milliseconds a record, and bytes, over documents of the archive."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import django_up, measured, on_each_engine, size, tell

if TYPE_CHECKING:
    from archive.description import Description

ROUNDS = 5


def main() -> None:
    engine = django_up()
    from archive.description import describe
    from benchmarks.holdings import batches, load
    from harvest.formats import FORMATS

    count = size(1000)
    load(count)
    descriptions = [completed(each) for batch in batches(count, 500) for each in describe(batch)]
    for form in FORMATS:
        records = [form.render(each) for each in descriptions]  # warm
        written = [each for each in records if each is not None]
        cpu = min(measured(lambda form=form: [form.render(each) for each in descriptions])[0] for _ in range(ROUNDS))
        tell(
            figure=f"CPU milliseconds a record, {form.format}", engine=engine, documents=count, rounds=ROUNDS,
            value=round(1000 * cpu / count, 3), records=len(written),
            bytes=round(sum(map(len, written)) / max(len(written), 1)),
        )  # fmt: skip


def completed(description: Description) -> Description:
    """With the rights statement and the language that Europeana wants, so that there is a record to measure."""
    from archive.description import StatementDescription

    return replace(
        description,
        rights_uri="http://rightsstatements.org/vocab/CNE/1.0/",
        statements=(
            *description.statements,
            StatementDescription("language", "en", "", ""),
            StatementDescription("subject", "Korean War", "en", ""),
        ),
    )


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
