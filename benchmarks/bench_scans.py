"""CPU for scans: reading ALTO per page, making a pyramid per image, reading and drawing PDF per page."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image, ImageDraw, ImageFont

from archive.imaging import pdf
from archive.imaging.headers import header_of
from archive.imaging.pyramids import pyramid
from archive.readers import Source, drafts_of
from benchmarks.ground import tell
from tests.scans import a_pdf, an_alto

PAGES, TIMES = 20, 5
#: A printed page: 40 lines of 10 words; A4 at 300 dots per inch.
LINES, WORDS, SIZE = 40, 10, (2480, 3508)


def main() -> None:
    alto = an_alto(
        [[(f"word{n}", (200 + 200 * n, 200 + 70 * line, 180, 50)) for n in range(WORDS)] for line in range(LINES)],
        size=SIZE,
    )
    seconds = cpu(lambda: [list(drafts_of(Source("a.xml", alto))[1]) for _ in range(PAGES)])
    tell(figure="CPU ms per page, reading ALTO", words=LINES * WORDS, value=round(1000 * seconds / PAGES, 2))
    with TemporaryDirectory() as folder:
        for name, mode in (("a.jpg", "RGB"), ("a.tif", "L"), ("a.tif", "1")):
            path = Path(folder) / name
            printed(mode).save(path)
            seconds = cpu(lambda path=path: [made(path) for _ in range(TIMES)])
            tell(
                figure="CPU ms per image, making the pyramid", kind=f"{mode} {path.suffix[1:]}", pixels=SIZE,
                value=round(1000 * seconds / TIMES, 1),
            )  # fmt: skip
        path = Path(folder) / "a.pdf"
        a_pdf(path, *[["A line of text on a page"] * 20] * PAGES)
        seconds = cpu(lambda: list(pdf.pages_of(path)))
        tell(figure="CPU ms per page, reading PDF", value=round(1000 * seconds / PAGES, 1))
        seconds = cpu(lambda: [None for _ in pdf.drawn(path, range(PAGES))])
        tell(figure="CPU ms per page, drawing PDF", value=round(1000 * seconds / PAGES, 1))


def printed(mode: str) -> Image.Image:
    """A page with words on it; scans are noisy, and noise takes time."""
    page = Image.effect_noise(SIZE, 12).point(lambda value: min(255, value + 110))
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(40)
    for line in range(LINES):
        pen.text((200, 200 + 70 * line), "A line of some ten words as a page of a book has it", fill=20, font=font)
    return page.point(lambda value: 255 if value > 128 else 0).convert("1") if mode == "1" else page.convert(mode)


def made(path: Path) -> None:
    header = header_of(lambda: path.open("rb"))
    pyramid(path, header.media_type, to=path.with_suffix(".made.tif"))


def cpu(verb: Callable[[], object]) -> float:
    """CPU seconds of this process and of those that it has waited for."""
    before = used()
    verb()
    return used() - before


def used() -> float:
    every = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in every)


if __name__ == "__main__":
    main()
