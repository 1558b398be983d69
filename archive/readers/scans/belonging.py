"""Belonging: which files of a folder make one document, told by their names alone.

1. An image and a text of the same name but for the ending belong together (``letter.jpg``, ``letter.txt``).
2. So do a text and images numbered after its name (``letter.txt``, ``letter_001.jpg``, ``letter_002.jpg``).
3. Images of the same name but for the ending show the same; the first of ``IMAGES`` counts.
4. Other images that differ in the last number alone, one number after the other, are the pages of one document
   (``name_001.jpg``, ``name_002.tif``), in whatever formats; a gap ends it. Files of ALTO and of PAGE XML likewise.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable

#: Endings of images, the better first: a master is rather a TIFF than the JPEG made from it.
IMAGES = (".tif", ".tiff", ".jp2", ".png", ".webp", ".jpg", ".jpeg", ".pdf")
#: Those that are a sheet of a series. A PDF has its pages within.
_SHEETS = frozenset(IMAGES) - {".pdf"}
#: Endings of files that hold the words of a document, in the order in which they are preferred.
TEXTS = (".xml", ".md", ".markdown", ".txt")

_NUMBERED = re.compile(r"(?P<base>.*[^_\-. ])(?P<separator>[_\-. ])(?P<number>[0-9]{1,6})")


def last(name: str) -> str:
    """The last part of a path."""
    return posixpath.basename(name)


def stem(name: str) -> str:
    """The last part of a path without its ending."""
    return posixpath.splitext(last(name))[0]


def ending(name: str) -> str:
    """The ending of a name, in lower case, with its dot."""
    return posixpath.splitext(name)[1].casefold()


def base(name: str) -> str:
    """The last part of a path without its number and its ending; without its ending where it has no number."""
    numbered = _NUMBERED.fullmatch(stem(name))
    return numbered["base"] if numbered else stem(name)


def series(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The files numbered one after the other that a file is one of, in their order; itself alone if it is of none."""
    numbered = _NUMBERED.fullmatch(stem(name))
    if numbered is None or ending(name) == ".pdf":
        return (name,)
    by_number: dict[int, str] = {}
    for each in sorted(names):
        other = _NUMBERED.fullmatch(stem(each))
        if other and _unnumbered(name, numbered) == _unnumbered(each, other):
            by_number.setdefault(int(other["number"]), each)
    here = int(numbered["number"])
    by_number[here] = name
    first = last = here
    while first - 1 in by_number:
        first -= 1
    while last + 1 in by_number:
        last += 1
    return tuple(by_number[number] for number in range(first, last + 1))


def owner(image: str, names: Iterable[str]) -> str:
    """The file that an image belongs to; empty if it belongs to none but itself."""
    names = tuple(names)
    if text := _text_of(image, names):
        return text
    better = _best(_of_stem(stem(image), IMAGES, names))
    if better and better != image and ending(better) != ending(image):
        return better
    if _numbered(image) and (text := _first(_of_stem(base(image), TEXTS, names), TEXTS)):
        return text
    first = series_of_images(image, names)[0]
    return "" if first == image else first


def series_of_images(image: str, names: Iterable[str]) -> tuple[str, ...]:
    """The series that an image is one of, without those that belong to a file of their own name."""
    names = tuple(names)
    return series(image, filter(_stands_alone(names), names))


def images_of(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The images that belong to a text, in their order."""
    names = tuple(names)
    if not any(ending(each) in IMAGES for each in names):
        return ()
    same = _best(_of_stem(stem(text), IMAGES, names))
    if same:
        return (same,)
    numbered = [
        each
        for each in filter(_stands_alone(names), names)
        if _numbered(each) and ending(each) in IMAGES and base(each).casefold() == stem(text).casefold()
    ]
    return tuple(sorted(numbered, key=_number))


def images_named(wanted: str, names: Iterable[str]) -> tuple[str, ...]:
    """The images called so but for the ending, the better first."""
    return tuple(sorted(_of_stem(wanted, IMAGES, names), key=lambda name: (IMAGES.index(ending(name)), name)))


def _unnumbered(name: str, numbered: re.Match[str]) -> tuple[str, str, str]:
    """What the files of a series share; a sheet may be scanned anew in another format than those around it."""
    kind = "image" if ending(name) in _SHEETS else ending(name)
    return numbered["base"].casefold(), numbered["separator"], kind


def _numbered(name: str) -> bool:
    return _NUMBERED.fullmatch(stem(name)) is not None


def _number(name: str) -> tuple[int, str]:
    numbered = _NUMBERED.fullmatch(stem(name))
    return (int(numbered["number"]) if numbered else 0, name)


def _stands_alone(names: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a file is an image without a text, or a better image, of its own name."""
    texts = {stem(each).casefold() for each in names if ending(each) in TEXTS}
    best: dict[str, str] = {}
    for each in names:
        if ending(each) in IMAGES:
            kept = best.setdefault(stem(each).casefold(), each)
            if IMAGES.index(ending(each)) < IMAGES.index(ending(kept)):
                best[stem(each).casefold()] = each
    return lambda name: stem(name).casefold() not in texts and best.get(stem(name).casefold()) == name


def _text_of(image: str, names: tuple[str, ...]) -> str:
    return _first(_of_stem(stem(image), TEXTS, names), TEXTS)


def _of_stem(wanted: str, endings: tuple[str, ...], names: Iterable[str]) -> list[str]:
    return [each for each in names if stem(each).casefold() == wanted.casefold() and ending(each) in endings]


def _best(images: list[str]) -> str:
    return _first(images, IMAGES)


def _first(names: list[str], endings: tuple[str, ...]) -> str:
    return min(sorted(names), key=lambda name: endings.index(ending(name)), default="")
