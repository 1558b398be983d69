"""The OAI-PMH provider beside its peers and what the engine alone takes: CPU of a page of 250 records.

``BENCH_DOCUMENTS=1000000`` is the size the provider is made for. Every variant of a figure is measured in the same
run, in shuffled rounds; CPU is of this process and the PostgreSQL backend; figures are medians. ``raw_spread`` is how
much the raw SELECT differed between the quartiles of its rounds: above 1.5, the machine was too busy for a verdict.
``BENCH_ROUNDS`` sets the rounds. PostgreSQL keeps its connection between requests, as it does with a pool.

Ours and the raw SELECT read other places than the one before, as every page of a harvest is read for the first time.
Both take about a millisecond, so they have eight times as many rounds as the rest, and what is told is the median of
the quotients of each round (``ratio``; half of them lie between ``quartiles``): within one, the machine changes less
than from one to the next. Until then it was the quotient of the medians of 41 rounds, which differed by a fifth between
runs of the same code; that of all rounds is told too (``of_medians``).

Beside peers it is the first page of each that is asked again and again: statements that oaipmh could page through, of a
million documents, would be ten million rows. Peers take a hundred times as long, so each has a turn of about the same
length, of many pages or few. Ratios are told by rounds here as well, and beside them two that are harder on ours, in
which it alone finds nothing in the caches of the processor: where its pages lie all over the archive while the peer
has its one page at hand (``ours_elsewhere``), and a single page of those just after half a second of something else
(``just_after_another``).
"""

from __future__ import annotations

import gc
import io
import os
import random
import sys
import zlib
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import backend_cpu, django_up, measured, on_each_engine, size, tell
from benchmarks.peers import PAGE, oai_repo_pages, oaipmh_page
from benchmarks.records import BEGINNING, OF_ONE_SECOND, PREFIX, load

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "41"))
#: Pages in a turn beside peers, so that each has about half a second.
TURN = {
    "ours": 400, "ours, elsewhere": 400, "ours, one page": 1,
    "oaipmh": 4, "oai-repo": 4, "oai-repo, a query a page": 40,
}  # fmt: skip
OURS = ("ours", "ours, elsewhere", "ours, one page")
WINDOW = {"from": "2020-01-01", "until": "2020-01-02"}
Verb = Callable[[], bytes]


def main() -> None:
    engine = django_up()
    from django.db import connection

    held = size(20_000)
    cpu, clock = measured(lambda: load(held))
    say(engine, held, figure="loading", cpu_seconds=round(cpu, 1), seconds=round(clock, 1))
    connection.settings_dict["CONN_MAX_AGE"] = connection.close_at = None
    app = Site()
    page = app.pages(held)
    verbs: dict[str, Verb] = {
        "ours": page,
        "raw": rolling(raw, held, turn=130),
        "raw, content alone": rolling(lambda at: raw(at, "content"), held, turn=260),
        "first page": lambda: app.get("verb=ListRecords&metadataPrefix=oai_dc"),
    }
    figures = taken(verbs, 8 * ROUNDS)
    spread = spread_of(figures["raw"])
    ms = {name: round(1000 * median(each), 3) for name, each in figures.items()}
    say(engine, held, figure="page", ms=ms, raw_spread=spread)
    say(
        engine, held, figure="ours ÷ raw", **by_round(figures, "ours", "raw"),
        of_medians=ratio(figures, "ours", "raw"), to_content_alone=ratio(figures, "ours", "raw, content alone"),
        goal="≤ 1.7 SQLite, ≤ 2.0 PostgreSQL", raw_spread=spread,
    )  # fmt: skip
    peers(engine, held, verbs["first page"], page)
    depth(engine, held, app)
    compression(engine, held, app)
    rendering(engine, held)


def peers(engine: str, held: int, first: Verb, elsewhere: Verb) -> None:
    """A page of each peer beside one of ours. The kinder way to use oai-repo is not the documented one: no goal."""
    verbs: dict[str, Verb] = {
        "ours": first, "ours, elsewhere": elsewhere, "ours, one page": elsewhere, "oaipmh": oaipmh_page(),
    }  # fmt: skip
    verbs |= oai_repo_pages()
    for name, verb in verbs.items():
        assert verb().count(b"<record>") == PAGE, name
    taken_in_turns = taken(
        {name: turn_of(verb, TURN[name]) if TURN[name] > 1 else verb for name, verb in verbs.items()},
        max(5, ROUNDS // 4),
    )
    figures = {name: [each / TURN[name] for each in turns] for name, turns in taken_in_turns.items()}
    goals = {"oaipmh": "≥ 100 SQLite, ≥ 35 PostgreSQL", "oai-repo": "≥ 50 SQLite, ≥ 20 PostgreSQL"}
    for name in [each for each in verbs if not each.startswith("ours")]:
        ms = {each: round(1000 * median(figures[each]), 3) for each in (name, *OURS)}
        say(
            engine, held, figure=f"{name} ÷ ours", **by_round(figures, name, "ours"),
            ours_elsewhere=ratio(figures, name, "ours, elsewhere"),
            just_after_another=ratio(figures, name, "ours, one page"), goal=goals.get(name, "none"), ms=ms,
        )  # fmt: skip


def depth(engine: str, held: int, app: Site) -> None:
    """The page near the end beside the page near the beginning.

    On SQLite, what the near pages need lies within the first 32 MB of the file, which the site's settings map into
    memory; every other page is read, wherever it is, and takes a tenth longer. Without the map they are alike.
    """
    for name, spec, window in (("the whole", "", {}), ("a set", "collection:all", {}), ("a window", "", WINDOW)):
        verbs = {
            where: app.pages(held, first, 40 * PAGE, spec=spec, window=window)
            for where, first in (("near", min(1000, held // 10)), ("far", held - held // 100 - 40))
        }
        figures = taken(verbs, ROUNDS)
        ms = {where: round(1000 * median(each), 3) for where, each in figures.items()}
        say(engine, held, figure=f"far ÷ near, {name}", ratio=ratio(figures, "far", "near"), goal="≤ 1.2", ms=ms)


def compression(engine: str, held: int, app: Site) -> None:
    """Compressing alone, and the whole page with it; zlib-6 does the same page in its place."""
    from harvest.provider.encodings import ENCODINGS

    body = app.pages(held)()
    verbs: dict[str, Verb] = {name: lambda verb=verb: verb(body) for name, verb in ENCODINGS.items()}
    verbs["zlib-6"] = lambda: zlib.compress(body, 6)
    plain = app.pages(held)
    verbs["page with zlib-6"] = lambda: zlib.compress(plain(), 6)
    for name in ENCODINGS:
        verbs[f"page with {name}"] = app.pages(held, encoding=name)
    figures = taken(verbs, max(9, ROUNDS // 2))
    usual = len(zlib.compress(body, 6))
    for name, verb in ENCODINGS.items():
        say(
            engine, held, figure=f"zlib-6 ÷ ours, {name}", ratio=ratio(figures, "zlib-6", name), goal="≥ 10",
            size=round(len(verb(body)) / usual, 2), goal_of_size="≤ 1.25",
            whole_page=ratio(figures, "page with zlib-6", f"page with {name}"),
        )  # fmt: skip


def rendering(engine: str, held: int) -> None:
    """What one oai_dc record more costs in a refresh of 10,000, beyond describing the document."""
    from archive.description import describe
    from archive.models import Document
    from harvest.formats.oai_dc import OaiDc

    descriptions = list(describe(list(Document.objects.order_by("pk").values_list("pk", flat=True)[:500])))
    renderer = OaiDc()
    cpu, _ = measured(lambda: [renderer.render(each) for _ in range(20) for each in descriptions])
    say(
        engine, held, figure="rendering one more oai_dc record", ms=round(1000 * cpu / (20 * len(descriptions)), 4),
        goal="≤ 0.15",
    )  # fmt: skip


class Site:
    """The site through Django's WSGI handler."""

    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application

        self.app = get_wsgi_application()

    def get(self, query: str, encoding: str = "identity") -> bytes:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": "/oai", "QUERY_STRING": query, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(), "HTTP_ACCEPT_ENCODING": encoding, "HTTP_HOST": "localhost",
        }  # fmt: skip
        response = self.app(environ, lambda status, headers: None)
        body = b"".join(response)
        response.close()
        return body

    def pages(self, held: int, first: int = 0, length: int = 0, *, encoding: str = "identity", **of: Any) -> Verb:
        """Pages all over a stretch of the list; a harvester has its tokens, so that making them takes no time here."""
        queries = [f"verb=ListRecords&resumptionToken={token(at, **of)}" for at in places(held, first, length)]
        following = cycle(queries)
        return lambda: self.get(next(following), encoding)


def token(at: int, spec: str = "", window: dict[str, str] | None = None) -> str:
    from harvest.provider import datestamps, tokens
    from harvest.provider.selection import Position, Selection

    selection = Selection(
        PREFIX, spec,
        datestamps.read(window["from"]) if window else None,
        datestamps.read(window["until"], end_of_day=True) if window else None,
    )  # fmt: skip
    return tokens.issue(tokens.Token("ListRecords", selection, Position(key(at), at, at)))


def key(at: int) -> Any:
    from datetime import timedelta

    from harvest.provider.selection import Key

    return Key(BEGINNING + timedelta(seconds=at // OF_ONE_SECOND), at)


def raw(at: int, columns: str = "number, identifier, {plus}changed_at, {sets}, {plus}withdrawn, content") -> bytes:
    """The limit: what a page is made of, by the driver alone, joined. Keyset, and binary from PostgreSQL."""
    from django.db import connection

    after, sqlite = key(at), connection.vendor == "sqlite"
    columns = columns.format(plus="+" if sqlite else "", sets="sets" if sqlite else "sets::text")
    sql = (
        f"SELECT {columns} FROM archive_representation WHERE format = %s AND (changed_at, number) > (%s, %s) "
        "ORDER BY archive_representation.changed_at, number LIMIT %s"
    )
    connection.ensure_connection()
    if sqlite:
        cursor = connection.connection.cursor()
        stamp = after.changed_at.replace(tzinfo=None).isoformat(" ")
        cursor.execute(sql.replace("%s", "?"), (PREFIX, stamp, after.id, PAGE))
    else:
        import psycopg

        cursor = psycopg.Cursor(connection.connection)
        cursor.execute(sql, (PREFIX, after.changed_at, after.id, PAGE), binary=True)
    return b"".join([row[-1] for row in cursor.fetchall()])


def places(held: int, first: int = 0, length: int = 0) -> list[int]:
    """Where pages begin: far from one another, so that none is warm from the last round."""
    length = max(1, min(length or held, held - first - 2 * PAGE))
    return [first + step * 7919 * PAGE % length for step in range(400)]


def rolling(verb: Callable[[int], bytes], held: int, *, turn: int) -> Verb:
    """A verb for one place after another, from another place on than the verbs beside it, which would warm it."""
    at = places(held)
    following = cycle(at[turn:] + at[:turn])
    return lambda: verb(next(following))


def turn_of(verb: Verb, times: int) -> Verb:
    """A verb, so many times; then whoever left garbage collects it, and nobody that of another.

    No page is kept, as none is by a site: to find room for four hundred of ours would take a third of their time.
    """

    def turn() -> bytes:
        for _ in range(times):
            page = verb()
        gc.collect()
        return page

    return turn


def taken(verbs: dict[str, Verb], rounds: int) -> dict[str, list[float]]:
    """CPU seconds of each verb in each round, in an order that chance makes anew every time."""
    figures: dict[str, list[float]] = {name: [] for name in verbs}
    chance = random.Random(1)
    for verb in verbs.values():
        verb()
    for _ in range(rounds):
        for name in chance.sample(list(verbs), len(verbs)):
            before = backend_cpu()
            cpu, _ = measured(verbs[name])
            figures[name].append(cpu + backend_cpu() - before)
    return figures


def ratio(figures: dict[str, list[float]], above: str, below: str) -> float:
    return round(median(figures[above]) / median(figures[below]), 2)


def by_round(figures: dict[str, list[float]], above: str, below: str) -> dict[str, Any]:
    """The median of the quotients of each round, and between what half of them lie."""
    low, middle, high = quantiles((a / b for a, b in zip(figures[above], figures[below], strict=True)), n=4)
    return {"ratio": round(middle, 2), "quartiles": [round(low, 2), round(high, 2)]}


def spread_of(values: list[float]) -> float:
    low, _, high = quantiles(values, n=4)
    return round(high / low, 2)


def say(engine: str, held: int, **figures: Any) -> None:
    tell(engine=engine, records=held, **figures)


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
