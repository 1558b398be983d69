"""IIIF collections: CPU milliseconds for the collection of all documents, and for its first and its last page."""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import counted, django_up, measured, on_each_engine, size, tell

ROUNDS = 5


def main() -> None:
    engine = django_up()
    count = size(100_000)
    load(count)
    from iiif.presentation import collections

    top = collections.top()
    pages = [int(each["id"].partition("after=")[2]) for each in top["items"]]
    for name, after in (("the whole", None), ("its first page", pages[0]), ("its last page", pages[-1])):
        with counted() as queries:
            listed = len(collections.top(after=after)["items"])
        took = [1000 * measured(lambda after=after: collections.top(after=after))[0] for _ in range(ROUNDS)]
        tell(
            figure=f"CPU milliseconds, {name}", engine=engine, documents=count, items=listed,
            value=round(statistics.median(took), 1), queries=len(queries),
        )  # fmt: skip


def load(count: int) -> None:
    """So many public documents with a page and a manifest each, of which nothing else is asked here."""
    from django.utils import timezone

    from archive.models import Document, Page, Representation

    now = timezone.now()
    Document.objects.bulk_create(
        (
            Document(identifier=f"d{n}", title=f"Telegram {n}", state="published", published_at=now)
            for n in range(count)
        ),
        batch_size=500,
    )
    keys = list(Document.objects.order_by("pk").values_list("pk", "identifier"))
    Page.objects.bulk_create(
        (
            Page(
                identifier=f"{name}.1",
                document_id=key,
                kind="typeset",
                width=1984,
                height=2806,
                media_type="image/tiff",
            )
            for key, name in keys
        ),
        batch_size=500,
    )
    Representation.objects.bulk_create(
        (
            Representation(
                document_id=key, number=key, identifier=name, format="manifest", content=b"{}", changed_at=now
            )
            for key, name in keys
        ),
        batch_size=500,
    )


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
