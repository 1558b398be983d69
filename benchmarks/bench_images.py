"""Tiles of the image service beside Debian's iipsrv on the same file: CPU a tile, caches off, every URL asked once.

Needs ``/usr/lib/iipimage-server/iipsrv.fcgi`` (apt-get install iipimage-server); without it, stored tiles alone are
measured beside tiles that are made. ``BENCH_TILES`` is how many tiles of each size.
"""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import django_up, handled, on_each_engine, tell

if TYPE_CHECKING:
    from archive.models import Page

IIPSRV = Path("/usr/lib/iipimage-server/iipsrv.fcgi")
TILES = int(os.environ.get("BENCH_TILES", 60))
ROUNDS = 3
#: The most that a tile may cost, as a multiple of iipsrv's.
GOALS = {512: 1.25, 1024: 1.0}
WIDTH, HEIGHT = 7000, 10000


def main() -> None:
    django_up()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "page.tif"
        drawn(file)
        page = entered(file)
        tiles = [(size, regions(size)) for size in (256, 512, 1024)]
        beside = {}
        if IIPSRV.exists():
            with iipsrv(Path(folder)) as (pid, address):
                for size, asked in tiles:
                    beside[size] = min(theirs(pid, address, file, asked) for _ in range(ROUNDS))
        for size, asked in tiles:
            made = min(cpu_of(lambda plan: making(page, plan), plans(page, asked)) for _ in range(ROUNDS))
            told = {"iipsrv": round(beside[size], 2), "ratio": round(made / beside[size], 2)} if beside else {}
            goal = {"goal": GOALS[size]} if size in GOALS else {}
            tell(figure=f"CPU milliseconds a tile of {size}, made", value=round(made, 2), tiles=TILES, **told, **goal)
            if size == 256:
                stored(page, asked, made)
            through_the_handler(size, asked)


def drawn(file: Path) -> None:
    """A large page: text over grain, as of a scan."""
    import pyvips

    from archive.imaging import pyramids

    line = "Zhou Enlai will have to meet comrade Filippov again. " * 3
    words = pyvips.Image.text("\n".join([line] * 80), width=WIDTH - 600, dpi=200).invert()
    page = (
        pyvips.Image.black(WIDTH, HEIGHT)
        .invert()
        .insert(words.crop(0, 0, words.width, min(words.height, 9400)), 300, 300)
    )
    grain = pyvips.Image.gaussnoise(WIDTH, HEIGHT, mean=0, sigma=6)
    page = (page.cast("float") * 0.9 + grain).cast("uchar")
    pyramids.save(page.bandjoin([page, page * 0.95]).cast("uchar").copy(interpretation="srgb"), bitonal=False, to=file)


def entered(file: Path) -> Page:
    """The page in the archive, public."""
    from django.core.files import File

    from archive.models import Document, Page
    from archive.models.page import private_storage

    document = Document.objects.create(title="A scan", state="published", published_at="2026-01-01T00:00:00Z")
    with file.open("rb") as content:
        name = private_storage().save("scans/bench.tif", File(content))
    return Page.objects.create(
        document=document, identifier="scan.s1", kind="scan", width=WIDTH, height=HEIGHT, sha256="0" * 64,
        media_type="image/tiff", image=name,
    )  # fmt: skip


def regions(size: int) -> list[str]:
    """Whole tiles across the page, no two alike."""
    across, down = WIDTH // size, HEIGHT // size
    places = [(n % across * size, n // across * size) for n in range(across * down)]
    step = max(1, len(places) // TILES)
    return [f"{x},{y},{size},{size}/{size},{size}/0/default.jpg" for x, y in places[::step][:TILES]]


def plans(page: Page, asked: list[str]) -> list[Any]:
    from iiif.image.parameters import ImageRequest
    from iiif.image.plans import plan

    return [
        plan(
            ImageRequest.parse(*path.split("/")[:3], *path.split("/")[3].split(".")),
            width=WIDTH,
            height=HEIGHT,
            limit=10**8,
        )
        for path in asked
    ]


def making(page: Page, plan: Any) -> bytes:
    """The image, decoded and encoded, also where the file has the very tile."""
    from iiif.image.derivation import derive
    from iiif.image.stitching import stitched

    return stitched(page, plan) or derive(page, plan)


def cpu_of(verb: Any, each: list[Any]) -> float:
    """CPU milliseconds of one, threads included."""
    verb(each[0])  # warm
    start = time.process_time()
    for one in each:
        verb(one)
    return (time.process_time() - start) * 1000 / len(each)


def stored(page: Page, asked: list[str], made: float) -> None:
    from iiif.image.stored_tiles import stored_tile

    assert all(stored_tile(page, each) for each in plans(page, asked))
    cost = min(cpu_of(lambda plan: stored_tile(page, plan), plans(page, asked) * 5) for _ in range(ROUNDS))
    tell(
        figure="CPU milliseconds a tile of 256, as stored", value=round(cost, 4), made=round(made, 2),
        ratio=round(made / cost, 1), goal=20,
    )  # fmt: skip


def through_the_handler(size: int, asked: list[str]) -> None:
    """With Django's request and response around it, and the query that asks whether the page is public."""
    requests = [handled(f"/iiif/image/scan.s1/{path}") for path in asked]
    cost = min(cpu_of(lambda ask: ask(), requests) for _ in range(ROUNDS))
    tell(figure=f"CPU milliseconds a tile of {size}, the whole request", value=round(cost, 2))


# --- iipsrv, by FastCGI ---


@contextmanager
def iipsrv(folder: Path) -> Iterator[tuple[int, tuple[str, int]]]:
    """iipsrv without caches, with the quality of our own images; its process and address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "MAX_IMAGE_CACHE_SIZE": "0", "VERBOSITY": "0", "LOGFILE": str(folder / "iipsrv.log"), "JPEG_QUALITY": "80",
        "FILESYSTEM_PREFIX": "", "MAX_CVT": "10000", "OMP_NUM_THREADS": "1",
    }  # fmt: skip
    process = subprocess.Popen([str(IIPSRV), "--bind", f"127.0.0.1:{port}"], env=environment)
    try:
        for _ in range(100):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield process.pid, ("127.0.0.1", port)
    finally:
        process.kill()
        process.wait()


def theirs(pid: int, address: tuple[str, int], file: Path, asked: list[str]) -> float:
    """CPU milliseconds of one tile of iipsrv."""
    fetched(address, f"IIIF={file}/{asked[0]}")
    start = cpu(pid)
    for path in asked:
        answer = fetched(address, f"IIIF={file}/{path}")
        assert b"\xff\xd8" in answer, answer[:200]
    return (cpu(pid) - start) * 1000 / len(asked)


def cpu(pid: int) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9 if one_thread(pid) else ticks(pid)


def one_thread(pid: int) -> bool:
    return len(list(Path(f"/proc/{pid}/task").iterdir())) == 1


def ticks(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def fetched(address: tuple[str, int], query: str) -> bytes:
    """The answer to a request by FastCGI 1.0, headers and all."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("!BBHHBx", 1, kind, 1, len(content), 0) + content

    def pair(name: str, value: str) -> bytes:
        sizes = [
            struct.pack("!B", len(each)) if len(each) < 128 else struct.pack("!I", len(each) | 1 << 31)
            for each in (name, value)
        ]
        return b"".join(sizes) + name.encode() + value.encode()

    given = {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "HTTP_HOST": "localhost",
        "REQUEST_URI": f"/?{query}",
    }
    parameters = b"".join(pair(*each) for each in given.items())
    with socket.create_connection(address) as connection:
        begin = record(1, struct.pack("!HB5x", 1, 0))
        connection.sendall(begin + record(4, parameters) + record(4, b"") + record(5, b""))
        answer, said = b"", b""
        while chunk := connection.recv(65536):
            answer += chunk
    while len(answer) >= 8:
        _, kind, _, size, padding = struct.unpack("!BBHHBx", answer[:8])
        if kind == 6:
            said += answer[8 : 8 + size]
        answer = answer[8 + size + padding :]
    return said


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
