"""Running: a question in a process of its own, which is killed when it takes too much."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from archive import uris
from archive.conf import conf
from archive.lod.namespaces import NAMESPACES
from archive.lod.sparql.judging import RefusedError

logger = logging.getLogger(__name__)

#: What a child does first. It gets the search path of its parent, and neither its environment nor its signals.
BOOT = "import sys; sys.path[:] = sys.argv[1:]; from archive.lod.sparql.process import main; main()"
#: The C stack of a child holds some thousand levels of a query; a crash is no worse than a refusal.
CRASHES = frozenset({-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL})


@dataclass(frozen=True, slots=True)
class Question:
    """A query that may run, and how its answer is to be written (``formats``)."""

    query: str
    notation: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer; ``cut`` where there would have been more rows."""

    content: bytes
    cut: bool


def run(question: Question, store: Path, *, place: int | None = None) -> Answer:
    """Answer a question from a copy of the store. ``place`` is an open file that the process holds to its end.

    :raises RefusedError: it is no SPARQL, or took more time, memory or bytes than it may.
    """
    limits = {
        "store": str(store),
        "base": uris.absolute("/"),
        "prefixes": NAMESPACES,
        "seconds": conf().SPARQL_SECONDS,
        "cpu_seconds": conf().SPARQL_CPU_SECONDS,
        "memory": conf().SPARQL_MEMORY,
        "rows": conf().SPARQL_ROWS,
        "bytes": conf().SPARQL_BYTES,
    }
    process = subprocess.Popen(  # noqa: S603 - this very interpreter, and no word of the question
        [sys.executable, "-I", "-S", "-c", BOOT, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        pass_fds=() if place is None else (place,),
    )
    try:
        told, _ = process.communicate(json.dumps({**asdict(question), **limits}).encode(), conf().SPARQL_SECONDS)
    except subprocess.TimeoutExpired:
        raise RefusedError(_late(), status=504) from None
    finally:
        process.kill()
        process.wait()
    return _read(told, process.returncode)


def _read(told: bytes, ended: int) -> Answer:
    head, _, content = told.partition(b"\n")
    if ended != 0:
        raise _killed(ended)
    said: dict[str, Any] = json.loads(head)
    if not said["confined"]:
        _warn()
    match said.get("failure"):
        case None:
            return Answer(content, said["cut"])
        case "bytes":
            size = conf().SPARQL_BYTES
            raise RefusedError(f"The answer has more than {size} bytes; ask for less of it with LIMIT.", status=507)
        case "syntax":
            raise RefusedError(f"This is no SPARQL 1.1 query: {said['message'][:400]}")
    raise RefusedError(f"The query cannot be answered: {said['message'][:400]}")


@cache
def _warn() -> None:
    """Say once in a process that only the reading of a question keeps it from asking other sites."""
    logger.warning("The kernel refuses the filter that keeps SPARQL queries from making connections (seccomp).")


def _killed(ended: int) -> RefusedError:
    """Why a process ended otherwise than it should."""
    if ended in {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}:
        return RefusedError(_late(), status=504)
    if ended in CRASHES:
        return RefusedError("The query is nested too deep to be answered.")
    size = conf().SPARQL_MEMORY // 1024 // 1024
    return RefusedError(f"The query needs more than {size} MB of memory.", status=507)


def _late() -> str:
    return f"The query took more than {conf().SPARQL_SECONDS:g} seconds, all that it may."
