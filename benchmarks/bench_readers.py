"""Documents read per CPU second, without a database: the web-page layout, and volumes of TEI where they are at hand."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.readers import Source, drafts_of  # noqa: E402
from benchmarks.ground import tell  # noqa: E402

VOLUMES = ROOT.parent / "shared" / "corpora" / "frus"
ROUNDS = 3


def main() -> None:
    pages = sorted((ROOT / "fixtures" / "sources").glob("page_*/*")) * 50
    measure("web pages", lambda: (Source.at(path) for path in pages))
    if not VOLUMES.exists():
        tell(figure="documents per CPU second, TEI volumes", skipped="the corpora (../shared/corpora) are not here")
        return
    measure("TEI volumes", lambda: (Source.at(path) for path in sorted(VOLUMES.glob("*.xml"))))


def measure(name: str, sources: Callable[[], Iterable[Source]]) -> None:
    """Read everything several times, and tell the best: what else the machine does can only slow it down."""
    best, documents = float("inf"), 0
    for _ in range(ROUNDS):
        start = time.process_time()
        documents = sum(1 for source in sources() for _ in drafts_of(source)[1])
        best = min(best, time.process_time() - start)
    tell(figure=f"documents per CPU second, {name}", documents=documents, value=round(documents / best))


if __name__ == "__main__":
    main()
