"""Documents read, and brought in, per CPU second; memory as accessions grow; two workers against one.

CPU is that of the process and, on PostgreSQL, of the server's process that answers it. A document that is brought in
was handed in, read, entered with its authorities, its units and its history, found words for, and told what it lacks;
it is not published, so that nothing is rendered and no page is set. ``BENCH_DOCUMENTS`` sets the size of an accession
(1,000), ``BENCH_LARGE`` that of the large one for memory (50,000; 0 leaves it out), ``BENCH_FRUS`` the path of a TEI
volume (the first of ``../shared/corpora/frus``, where that is here).

CPU time is not free of what else a machine does: two cores that others keep busy halve every figure. Compare figures
of one run, or of two runs in turns, or in yardsticks (benchmarks/ground.py). Nor is it free of what was there before:
ext4 without a journal looks past each inode that was deleted in the last minutes, and so a new file takes 20 or 1,000
microseconds, by how many files the run before has left to be removed. So all is kept in memory where there is room for
it (``/dev/shm``), which gives what an unused disk gives; ``TMPDIR`` names another place.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import django_up, on_each_engine, size, tell

VOLUMES = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora" / "frus"
#: A file system in memory, and the bytes that have to be free there.
IN_MEMORY, ROOM = "/dev/shm", 6 * 1024**3
#: Documents brought in per CPU second.
GOALS = {"sqlite": 400, "postgresql": 250}


def main() -> None:
    engine = django_up()
    count = size(1000)
    submit(10)
    work()  # imports, connections and caches are not what is measured
    reading(engine, count)
    whole(engine, count)
    volume(engine)
    memory(engine, count, int(os.environ.get("BENCH_LARGE", "50000")))
    if engine == "postgresql":
        workers(engine, count)


def reading(engine: str, count: int) -> None:
    """From bytes to drafts."""
    from archive.readers import drafts_of
    from benchmarks.seeds import sources

    given = list(sources(count))
    cpu = spent(lambda: [list(drafts_of(each)[1]) for each in given])
    tell(figure="documents read per CPU second", engine=engine, documents=count, value=round(count / cpu))


def whole(engine: str, count: int) -> None:
    """From bytes to documents, with all that an accession does; then the same once more, which changes nothing."""
    for first, again in ((1_000_000, False), (1_000_000, True)):
        cpu = spent(lambda first=first: (submit(count, first=first), work()))
        what, told = ("known again", {}) if again else ("brought in", {"goal": GOALS[engine]})
        told |= {"documents": count, "value": round(count / cpu)}
        tell(figure=f"documents {what} per CPU second", engine=engine, **told)


def volume(engine: str) -> None:
    """A whole volume of TEI, where a reader of TEI is there."""
    from archive.models import AccessionItem
    from archive.readers import READERS, Source

    path = os.environ.get("BENCH_FRUS") or next(map(str, sorted(VOLUMES.glob("*.xml"))), "")
    figure = "documents of a FRUS volume brought in per CPU second"
    if not any("tei" in each.name for each in READERS):
        tell(figure=figure, engine=engine, skipped="there is no reader of TEI")
    elif not path:
        tell(figure=figure, engine=engine, skipped="BENCH_FRUS names no volume, and ../shared/corpora is not here")
    else:
        before = AccessionItem.objects.count()
        cpu = spent(lambda: (submit_all([Source.at(Path(path))]), work()))
        count = AccessionItem.objects.count() - before
        tell(figure=figure, engine=engine, documents=count, value=round(count / cpu), goal=GOALS[engine])


def memory(engine: str, small: int, large: int) -> None:
    """The most memory that a worker takes, in a process of its own, for a small and a large accession."""
    for number, count in enumerate(each for each in (small, large) if each):
        submit(count, first=2_000_000 + number * 1_000_000)
        peak = in_process("peak")
        tell(figure="peak memory of a worker, MB", engine=engine, documents=count, value=round(int(peak) / 1024))


def workers(engine: str, count: int) -> None:
    """Seconds by the clock that one worker needs, and that two need together."""
    seconds = {}
    for number in (1, 2):
        submit(count, first=5_000_000 + number * 1_000_000)
        began = time.perf_counter()
        running = [started("work") for _ in range(number)]
        for each in running:
            each.wait()
        seconds[number] = time.perf_counter() - began - overhead()
    tell(
        figure="two workers against one", engine=engine, documents=count, goal=1.4,
        value=round(seconds[1] / seconds[2], 2), one=round(seconds[1], 1), two=round(seconds[2], 1),
    )  # fmt: skip


def overhead() -> float:
    """Seconds that a worker's process takes to begin and to end."""
    began = time.perf_counter()
    started("nothing").wait()
    return time.perf_counter() - began


def submit(count: int, *, first: int = 0) -> None:
    """Hand in as many varied copies of the seeds."""
    from benchmarks.seeds import sources

    submit_all(list(sources(count, first=first)))


def submit_all(given: list[Any]) -> None:
    """Hand sources in; nobody works on them yet."""
    from unittest import mock

    from archive import accession, tasks

    with mock.patch.object(tasks.run_accession, "delay"):
        accession.submit(given)


def work() -> None:
    """Work on whatever was handed in, also on what another worker has in hand: a hint names it to several."""
    from archive import accession
    from archive.models import Accession
    from archive.models.accession import AccessionState

    open_ones = Accession.objects.filter(state__in=[AccessionState.QUEUED, AccessionState.RUNNING])
    for pk in list(open_ones.order_by("pk").values_list("pk", flat=True)):
        accession.run(pk)


def spent(verb: Callable[[], Iterable[Any]]) -> float:
    """CPU seconds that something takes, here and in the server's process."""
    from django.db import connection

    def now() -> float:
        return time.process_time() + (backend() if connection.vendor == "postgresql" else 0)

    before = now()
    verb()
    return now() - before


def backend() -> float:
    """CPU seconds of the server's process that answers this connection, so far."""
    from django.db import connection

    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


def started(what: str) -> subprocess.Popen[str]:
    """A process of its own that does ``what`` in the same database."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    place = {"BENCH_NAME": str(database["NAME"]), "BENCH_HOST": str(database.get("HOST", "")), "BENCH_WORK": what}
    storage = {"BENCH_STORE": str(settings.STORAGES["fonds"]["OPTIONS"]["location"])}
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.worker"]
    return subprocess.Popen(command, env={**os.environ, **place, **storage}, stdout=subprocess.PIPE, text=True)


def in_process(what: str) -> str:
    """What such a process says in the end."""
    return started(what).communicate()[0].strip().splitlines()[-1]


def peak() -> int:
    """The most memory that this program has had, in kilobytes.

    ``ru_maxrss`` would not do: it begins with what the process had that started this one.
    """
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0])


def choose_place() -> None:
    """Let whatever is written be written into memory, where that is large and nobody has said otherwise."""
    if "TMPDIR" not in os.environ and Path(IN_MEMORY).is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
        os.environ["TMPDIR"] = IN_MEMORY


if __name__ == "__main__":
    choose_place()
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
