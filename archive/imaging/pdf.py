"""PDFs: their pages, the words on them, and pages drawn as pixels.

A PDF is a program rather than an image, and may be written so as never to end. So it is run by pdfium in a process of
its own, under limits of memory and CPU time that the process sets itself before it opens the file; see
``pdf_process``. When that is killed, this one only finds that the answers cease.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, Any, cast

from archive.imaging import pdf_process
from archive.imaging.errors import ImageBroken, ImageHostile

MARK = b"%PDF-"
#: Bytes within which the mark has to begin (Adobe's implementation note 13 to PDF 1.7).
MARK_WITHIN = 1024
MEDIA_TYPE = "application/pdf"
#: Seconds after which a process ends that neither works nor answers.
_PATIENCE = 1800
_SAID_AT_MOST = 64 * 1024 * 1024

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PdfWord:
    """A word and its box: left, top, width and height in pixels of the drawn page."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as it will be drawn, in pixels; ``lines`` are the words of its text layer, line by line."""

    place: int
    width: int
    height: int
    label: str
    lines: tuple[tuple[PdfWord, ...], ...]


def pages_of(path: Path) -> Iterator[PdfPage]:
    """The pages of a PDF, one after the other.

    :raises ImageHostile: it takes more time or memory than any honest file, or has too many or too large pages.
    :raises ImageBroken: it asks for a password, or is no PDF that can be read.
    """
    with _process(path, "describe") as answers:
        for answer in _told(answers):
            lines = tuple(tuple(PdfWord(text, tuple(box)) for text, box in line) for line in answer["lines"])
            yield PdfPage(answer["place"], answer["width"], answer["height"], answer["label"], lines)


def drawn(path: Path, places: Sequence[int]) -> Iterator[tuple[int, int, int, bytes]]:
    """These pages of a PDF, each with its place, width and height, as pixels of three bytes: red, green, blue.

    :raises ImageUnusable: as ``pages_of``.
    """
    with _process(path, "draw", *map(str, places)) as answers:
        for answer in _told(answers):
            size = answer["width"] * answer["height"] * 3
            pixels = answers.read(size)
            if len(pixels) < size:
                raise _ended()
            yield answer["place"], answer["width"], answer["height"], pixels


def _told(answers: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The answers of the process, up to the one that says that nothing more will come."""
    while True:
        line = answers.readline(_SAID_AT_MOST)
        if not line.endswith(b"\n"):
            raise _ended()
        answer = json.loads(line)
        if "done" in answer:
            return
        if "broken" in answer:
            raise ImageBroken(answer["broken"], said=answer["said"])
        if "hostile" in answer:
            raise ImageHostile(answer["hostile"])
        yield answer


def _ended() -> ImageHostile:
    return ImageHostile(
        f"takes more than {pdf_process.SECONDS} seconds or {pdf_process.MEMORY // 1024 // 1024} MB for a page, or lets "
        "the program end that reads it. Print it into a new PDF, or save its pages as images, and hand those in."
    )


@contextmanager
def _process(path: Path, *request: str) -> Iterator[IO[bytes]]:
    """The answers of a process that is set on the file; it ends with the block, whatever it is doing."""
    command = [sys.executable, "-I", str(pdf_process.__file__), str(path), *request]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - ours
        watch = Timer(_PATIENCE, process.kill)
        watch.daemon = True
        watch.start()
        try:
            yield cast(IO[bytes], process.stdout)
        finally:
            watch.cancel()
            process.kill()
