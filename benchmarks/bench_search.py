"""Search: CPU of a query of each class, with best 20, highlights and facets; of indexing a document; size of the index.

Goals at 200,000 documents of 3 KB (``BENCH_DOCUMENTS=200000``): 95th percentile of CPU (process and database), at
most 60 ms for every class; indexing at most 1.5 ms a document beside describing it; size at most twice the text.
Texts are drawn from 60,000 words as often as words are (Zipf, exponent 1.05), so that the commonest are in all of them.
With ``BENCH_STORE``, database and index are kept, and a second run only asks.

A document of 3 KB is one whose text has 3,000 characters, a typed page and a half. What a search costs follows the
number of words, not of bytes: a Russian text of as many characters has as many words in twice the bytes. The words here
are ASCII, so that characters are bytes. ``BENCH_CHARACTERS`` makes longer ones; the mean that came of it is told.

Counted is what the page of results counts: people, places, subjects, types, languages, fonds, collections, what there
is with a document, and the histogram. The facets of senders, addressees and persons mentioned would add 6 ms where all
documents are hits.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import STORE, backend_cpu, django_up, on_each_engine, size, tell

#: Words that there are, characters of a text at most, and queries of each class.
VOCABULARY, CHARACTERS, QUERIES = 60_000, int(os.environ.get("BENCH_CHARACTERS", 3_000)), 40
SYLLABLES = ["ba", "ko", "ri", "ten", "mas", "lu", "gor", "shi", "pen", "tra", "vel", "no", "chu", "del", "im", "sa"]
BATCH = 2_000
#: Facets that a page of results does not count, unless for a reader who comes from the page of a person.
SELDOM = {"sent_by", "sent_to", "mentioned"}


def main() -> None:
    engine = django_up()
    count = size(10_000)
    if not (keep_index(engine) and loaded(count)):
        texts = load(count)
        _build(engine, count, texts)
    for name, queries in classes().items():
        _ask(engine, name, queries)


def keep_index(engine: str) -> bool:
    """Let the index lie beside a database that is kept; whether there is one already."""
    from django.conf import settings
    from django.test import override_settings

    from archive.search.index import folder

    if STORE:
        place = str(Path(STORE) / f"index-{engine}")
        override_settings(FONDS={**settings.FONDS, "SEARCH_FOLDER": place}).enable()
    try:
        return bool(folder.current())
    except folder.NoIndexError:
        return False


def loaded(count: int) -> bool:
    """Whether a database that was kept has so many documents."""
    from archive.models import Document

    return Document.objects.count() == count


def load(count: int) -> int:
    """Bring documents in with texts of their own, and publish them without rendering; return the bytes of the texts."""
    import numpy
    from django.utils import timezone

    from archive.models import Document, Text
    from benchmarks.holdings import load as load_holdings

    load_holdings(count)
    Document.objects.update(state="published", published_at=timezone.now())
    chance = 1 / numpy.arange(1, VOCABULARY + 1) ** 1.05
    chance /= chance.sum()
    words, draw, total = vocabulary(), numpy.random.default_rng(1), 0
    enough = CHARACTERS // 5
    keys = list(Text.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        drawn = draw.choice(VOCABULARY, size=(len(batch), enough), p=chance)
        bodies = [Text(pk=pk, body=_text(words[n] for n in row)) for pk, row in zip(batch, drawn, strict=True)]
        total += sum(len(each.body.encode()) for each in bodies)
        Text.objects.bulk_update(bodies, ["body"], batch_size=200)
    return total


def _text(words: Iterable[str]) -> str:
    """As many of these words as a text has room for."""
    whole = " ".join(words)
    return whole[: whole.rfind(" ", 0, CHARACTERS + 1)]


def vocabulary() -> list[str]:
    """Words made of syllables, the most frequent first; the same each time."""
    chance = random.Random(1)
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(chance.choices(SYLLABLES, k=1 + len(words) // 400 % 4 + len(words) % 2))] = None
        if len(words) < 16:
            words[chance.choice(SYLLABLES)] = None
        if chance.random() < 0.3:
            words["".join(chance.choices(SYLLABLES, k=5))] = None
    return list(words)


def classes() -> dict[str, list[str]]:
    """Queries of each class, none twice."""
    words = vocabulary()
    return {
        "commonest word": words[:QUERIES],
        "commonest two words": [f"{words[n]} {words[n + 1]}" for n in range(QUERIES)],
        "common phrase": [f'"{words[n]} {words[n + 1]}"' for n in range(QUERIES)],
        "medium word": words[1_000 : 1_000 + QUERIES],
        "rare word": words[40_000 : 40_000 + QUERIES],
        "rare phrase": [f'"{words[300 + n]} {words[n + 2]}"' for n in range(QUERIES)],
        "three words, one of them not": [f"{words[n]} {words[n + 50]} NOT {words[n + 9]}" for n in range(QUERIES)],
        "one word or another": [f"{words[n]} OR {words[n + 500]}" for n in range(QUERIES)],
        "beginning of words": [f"{words[n + 100][:3]}*" for n in range(QUERIES)],
        "name": [f"Agent {n}" for n in range(QUERIES)],
        "in the title, in all documents": ["roshchin"] * QUERIES,
        "sender and date": [f'from:"agent {n}" date:19{50 + n % 10}' for n in range(QUERIES)],
        "fond and common word": [f"fond:1 {words[n]}" for n in range(QUERIES)],
        "years": [f"date:19{46 + n % 20}" for n in range(QUERIES)],
        "slip of the pen": [f"{words[n + 1000]}x{words[n + 2000]}" for n in range(QUERIES)],
    }


def _build(engine: str, count: int, texts: int) -> None:
    from archive.search import building, upkeep
    from archive.search.index import folder

    described = _Clock()
    inner = upkeep.entries
    upkeep.entries = lambda keys: described.around(lambda: inner(keys))  # type: ignore[assignment]
    before, backend = time.process_time(), backend_cpu()
    building.go_on(building.begin(anew=True))
    cpu = time.process_time() - before + backend_cpu() - backend
    upkeep.entries = inner
    stored = sum(each.stat().st_size for each in (folder.place() / folder.current()).iterdir())
    tell(
        figure="indexing, ms CPU a document", engine=engine, documents=count, whole=round(1000 * cpu / count, 3),
        describing=round(1000 * described.seconds / count, 3),
        indexing=round(1000 * (cpu - described.seconds) / count, 3), goal=1.5,
    )  # fmt: skip
    tell(
        figure="size of the index / texts", engine=engine, documents=count, mean_bytes_of_a_text=texts // count,
        ratio=round(stored / texts, 2), goal=2.0,
    )  # fmt: skip


class _Clock:
    """CPU seconds that pass within certain calls."""

    seconds = 0.0

    def around(self, verb: Any) -> Any:
        before = time.process_time()
        try:
            return verb()
        finally:
            self.seconds += time.process_time() - before


def _ask(engine: str, name: str, queries: list[str]) -> None:
    from archive.search.query import FACETS, search

    counted = [name for name in FACETS if name not in SELDOM]
    search(queries[0], facets=counted)  # warm
    times, hits = [], 0
    for query in queries:
        backend, before = backend_cpu(), time.process_time()
        results = search(query, facets=counted)
        times.append(1000 * (time.process_time() - before + backend_cpu() - backend))
        hits = max(hits, results.total)
    ordered = sorted(times)
    tell(
        figure=f"query, {name}", engine=engine, hits=hits, median_ms=round(ordered[len(ordered) // 2], 1),
        p95_ms=round(ordered[int(len(ordered) * 0.95)], 1), goal=60,
    )  # fmt: skip


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
