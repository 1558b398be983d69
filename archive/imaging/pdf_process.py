"""The program that runs a PDF: ``pdf_process.py FILE describe`` or ``pdf_process.py FILE draw PLACE…``.

It answers on standard output with one line of JSON for each page, after ``draw`` followed by the pixels, and at last
``{"done": true}``, ``{"broken": "…", "said": "…"}`` (a reason, and what the library said) or ``{"hostile": "…"}``. It
imports nothing of the archive, so that it starts fast and has nothing in memory that a fault in the library could give
away.
"""

from __future__ import annotations

import json
import math
import resource
import sys
from collections.abc import Iterator
from ctypes import byref, c_double, c_int
from typing import Any

#: CPU seconds for opening the file, and for each page.
SECONDS = 20
#: Bytes of address space.
MEMORY = 1536 * 1024 * 1024
#: Most pages of one file.
PAGES = 5000
#: Largest side of a page, in points of 1/72 inch (ISO 32000-2, Annex C.2).
POINTS = 14_400
#: Dots per inch of a drawn page, and the most pixels that it comes to.
DPI = 300
PIXELS = 40_000_000
#: Most characters of one page.
CHARACTERS = 200_000
#: How pdfium writes a hyphen at the end of a line, in the place of the line's end.
_HYPHENS = {"\x02", "\ufffe"}
_PASSWORD = 4  # FPDF_ERR_PASSWORD

Said = list[list[tuple[str, tuple[int, int, int, int]]]]


def main(path: str, verb: str, *places: str) -> None:
    """Answer, within the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _allow_time()
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(path) as document:
            if len(document) > PAGES:
                raise Hostile(f"has {len(document):,} pages; we take at most {PAGES:,} in one file. Split it.")
            for place in map(int, places) if places else range(len(document)):
                _allow_time()
                _answer_page(document, place, verb)
    except Hostile as error:
        _say({"hostile": str(error)})
    except MemoryError:
        _say({"hostile": f"needs more than {MEMORY // 1024 // 1024} MB to be read."})
    except pdfium.PdfiumError as error:
        _say({"broken": _reason(error), "said": str(error)})
    else:
        _say({"done": True})


class Hostile(Exception):  # noqa: N818 - the name says the outcome
    """More than any honest file has."""


def _allow_time() -> None:
    """Let the process run for as long again."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _reason(error: Any) -> str:
    if getattr(error, "err_code", None) == _PASSWORD:
        return "asks for a password. Save it without one and hand it in again."
    return "is no PDF that can be read: it is damaged, cut off, or begins as one by chance. Save or print it again."


def _answer_page(document: Any, place: int, verb: str) -> None:
    page = document[place]
    points = page.get_size()
    if max(points) > POINTS:
        raise Hostile(
            f"has a page {place + 1} of {points[0]:,.0f} × {points[1]:,.0f} points; the format has at most {POINTS:,}."
        )
    width, height, scale = _pixels(*points)
    answer = {"place": place, "width": width, "height": height}
    if verb == "describe":
        _say({**answer, "label": document.get_page_label(place), "lines": _lines(page, width, height)})
    else:
        import pypdfium2.raw as raw

        bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=raw.FPDFBitmap_BGR)
        answer.update(width=bitmap.width, height=bitmap.height)
        _say(answer)
        _write(bitmap)
        bitmap.close()
    page.close()


def _pixels(across: float, down: float) -> tuple[int, int, float]:
    """A page's width and height as pdfium rounds them, and the scale."""
    if min(across, down) <= 0:
        raise Hostile("has a page without an extent.")
    scale = min(DPI / 72, math.sqrt(PIXELS / (across * down)))
    return math.ceil(across * scale), math.ceil(down * scale), scale


def _write(bitmap: Any) -> None:
    """The rows of a bitmap without the bytes that fill them up."""
    pixels, row = memoryview(bitmap.buffer).cast("B"), bitmap.width * 3
    for start in range(0, bitmap.stride * bitmap.height, bitmap.stride):
        sys.stdout.buffer.write(pixels[start : start + row])
    sys.stdout.buffer.flush()


def _lines(page: Any, width: int, height: int) -> Said:
    """The words of the text layer, line by line; a line ends where pdfium says that one does."""
    lines: Said = [[]]
    word, boxes = "", []
    for character, box in (*_characters(page, width, height), ("\n", None)):
        if not character.isspace():
            word += character
            boxes += [box] if box else []
            continue
        if word and boxes:
            lines[-1].append((word, _around(boxes)))
        word, boxes = "", []
        if character == "\n":
            lines.append([])
    return [line for line in lines if line]


def _characters(page: Any, width: int, height: int) -> Iterator[tuple[str, Any]]:
    """Each character and its corners in pixels of the drawn page; None where it has no ink."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = raw.FPDFText_CountChars(text)
    if count > CHARACTERS:
        raise Hostile(f"has a page of {count:,} characters; we take at most {CHARACTERS:,}.")
    left, right, bottom, top = (c_double() for _ in range(4))
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        character = chr(code) if 0 < code < 0x110000 else ""
        ends_line = character in _HYPHENS
        # No carriage return, no other control character, no half of a surrogate pair: XML and JSON carry none.
        if not ends_line and not (character.isprintable() or character in {"\n", "\t", "\u00a0", "\u3000"}):
            continue
        raw.FPDFText_GetCharBox(text, index, byref(left), byref(right), byref(bottom), byref(top))
        if right.value <= left.value or top.value <= bottom.value:
            yield character if not ends_line else "\n", None
            continue
        corners = [_on_device(page, width, height, x.value, y.value) for x, y in ((left, top), (right, bottom))]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        yield "-" if ends_line else character, (xs[0], ys[0], xs[1], ys[1])
        if ends_line:
            yield "\n", None


def _on_device(page: Any, width: int, height: int, x: float, y: float) -> tuple[int, int]:
    """A point of the page in pixels of the drawn page, whichever way it is turned."""
    import pypdfium2.raw as raw

    across, down = c_int(), c_int()
    raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, byref(across), byref(down))
    return across.value, down.value


def _around(boxes: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return left, top, max(1, right - left), max(1, bottom - top)


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
