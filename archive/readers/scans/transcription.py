"""Transcriptions: what ALTO and PAGE XML have in common, and the draft that is made of it.

Both describe the images of pages: blocks of lines, lines of words, each with its place. Places come out in pixels of
the image as it was handed in; where no image came along, in what the source measures with.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.drafts import Box, Draft, Field, Identity, Line, Notice, Page, TextBody, Value, Word
from archive.imaging.headers import Extent
from archive.readers.scans import belonging
from archive.readers.scans.boxes import Measured, joined, on_page
from archive.readers.scans.images import extents_of, is_image, names_alike, title_of
from archive.readers.source import Source
from archive.readers.text_language import language_of
from archive.vocab.language_codes import tag_of_code
from archive.vocab.languages import tag_of

#: By how much the shape of a page may differ from that of its image, before its places count as those of another.
_TOLERANCE = 0.03


@dataclass(frozen=True, slots=True)
class Written:
    """A word or a line as the source has it; ``box`` is None where it gives no place.

    ``read`` is what it reads in a running text, where a hyphen parts it: the whole word for the first part, nothing
    for the second.
    """

    text: str
    box: Measured | None
    words: tuple[Written, ...] = ()
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as the source has it.

    ``width`` and ``height`` are in the measure of its boxes, 0 where not told; ``per_inch`` says how many of that
    measure are an inch, 0 for pixels. ``blocks`` are in reading order. ``locator`` says where in the source it stands.
    """

    source: Source
    file: str
    locator: str
    width: float
    height: float
    per_inch: float
    label: str
    language: str
    blocks: tuple[tuple[Written, ...], ...]


@dataclass(frozen=True, slots=True)
class Making:
    """How a transcription was made: ``method`` as in ``TextBody``, and by which program."""

    method: str = ""
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A sheet and the image that it describes, if that came along."""

    sheet: Sheet
    image: Source | None
    extent: Extent | None


def draft_of(source: Source, sheets: Sequence[Sheet], making: Making, *, title: str = "") -> Draft:
    """The document that these pages are.

    It is known again by its first image: a better transcription of the same scan is one of the same document.
    """
    placed = tuple(_placed(sheets))
    text = "\n\n".join(filter(None, (_text(sheet) for sheet in sheets)))
    language = _language(sheets)
    fields: list[Field[Value]] = [title_of(source, title)]
    if text:
        body = TextBody(text, "transcript", language or language_of(text), making.method, making.made_by)
        inferred = "" if language or not body.language else "the language, from the words"
        fields.append(Field(body, text, locator="lines of all pages", inferred=inferred))
    fields += [Field(_page(each), "", locator=each.sheet.locator) for each in placed]
    known = next((each.image for each in placed if each.image), source)
    return Draft(Identity("sha256", known.sha256), tuple(fields), notices=tuple(_notices(placed)))


def _placed(sheets: Sequence[Sheet]) -> Iterator[_Placed]:
    """The sheets with their images; of a file that holds several, the second sheet that names it shows the second."""
    seen: Counter[str] = Counter()
    held: dict[str, tuple[Extent, ...]] = {}
    alone = Counter(sheet.source.name for sheet in sheets)
    for sheet in sheets:
        image = _image(sheet, by_stem=alone[sheet.source.name] == 1 or not sheet.file)
        if image is None:
            yield _Placed(sheet, None, None)
            continue
        extents = held.setdefault(image.name, ()) or extents_of(image)
        held[image.name] = extents
        place, seen[image.name] = seen[image.name], seen[image.name] + 1
        yield _Placed(sheet, image, extents[place]) if place < len(extents) else _Placed(sheet, None, None)


def _image(sheet: Sheet, *, by_stem: bool) -> Source | None:
    """The image of a page.

    As the source names it; else by the last part of that name, for folders that did not come along; else under the
    same name with another ending; else of the same name as the source itself.
    """
    named = sheet.file.replace("\\", "/").strip()
    last = posixpath.basename(named)
    stems = [belonging.stem(last)] if last else []
    stems += [belonging.stem(sheet.source.name)] if by_stem else []
    candidates = [named] if named and not named.startswith("/") and ".." not in named.split("/") else []
    candidates += [last] if last else []
    candidates += [each for stem in stems for each in _in_folder(sheet.source, stem)]
    for candidate in dict.fromkeys(candidates):
        found = sheet.source.neighbour(candidate)
        if found is not None and found.name != sheet.source.name and is_image(found):
            return found
    return None


def _in_folder(source: Source, stem: str) -> tuple[str, ...]:
    """The images of that name beside a source, as paths from its own folder."""
    return tuple(posixpath.basename(each) for each in belonging.images_named(stem, names_alike(source, stem)))


def _page(placed: _Placed) -> Page:
    """The page, in pixels of its image; in what the source measures with where there is none."""
    sheet, extent = placed.sheet, placed.extent
    width, height, across, down = _scale(sheet, extent)
    lines = tuple(filter(None, (_line(each, across, down, width, height) for block in sheet.blocks for each in block)))
    file, place = (placed.image.name, extent.place) if placed.image and extent else ("", 0)
    return Page(file, place, width, height, sheet.label, lines)


def _scale(sheet: Sheet, extent: Extent | None) -> tuple[int, int, float, float]:
    """The pixels of the page, and what its measures are to be multiplied with; 0 where its places cannot be told."""
    if extent is None:
        width, height = round(sheet.width), round(sheet.height)
        return (width, height, 1.0, 1.0) if width > 0 and height > 0 else (0, 0, 0.0, 0.0)
    if sheet.width > 0 and sheet.height > 0:
        fits = _alike(sheet, extent)
        across, down = (extent.width / sheet.width, extent.height / sheet.height) if fits else (0.0, 0.0)
        return extent.width, extent.height, across, down
    scale = extent.resolution / sheet.per_inch if sheet.per_inch else 1.0
    return extent.width, extent.height, scale, scale


def _alike(sheet: Sheet, extent: Extent) -> bool:
    """Whether the page has the shape of the image."""
    return abs(sheet.width * extent.height / (sheet.height * extent.width) - 1) <= _TOLERANCE


def _line(line: Written, across: float, down: float, width: int, height: int) -> Line | None:
    def boxed(box: Measured | None) -> Box | None:
        return on_page(box, across=across, down=down, width=width, height=height) if box and across else None

    words = tuple(Word(word.text, box) for word in line.words if word.text and (box := boxed(word.box)))
    box = boxed(line.box or joined(word.box for word in line.words))
    return Line(line.text, box, words) if line.text and box else None


def _text(sheet: Sheet) -> str:
    """The running text of a page: lines as they stand, words that a hyphen parts put together in the first."""
    blocks = ("\n".join(filter(None, (_read(line) for line in block))) for block in sheet.blocks)
    return "\n\n".join(filter(None, blocks))


def _read(line: Written) -> str:
    if line.read is not None:
        return line.read
    if not any(word.read is not None for word in line.words):
        return line.text
    return " ".join(filter(None, (word.text if word.read is None else word.read for word in line.words)))


def _language(sheets: Sequence[Sheet]) -> str:
    """The language that the source names most often."""
    named = Counter(tag for sheet in sheets if (tag := tag_of(sheet.language) or tag_of_code(sheet.language)))
    return named.most_common(1)[0][0] if named else ""


def _notices(placed: Sequence[_Placed]) -> Iterator[Notice]:
    for each in placed:
        sheet, extent = each.sheet, each.extent
        if each.image is None:
            name = sheet.file or "an image of the same name as the file"
            yield Notice(
                f"{sheet.locator}: its image did not come along ({name}). The words are in; hand in the image with "
                "this file to have the page too."
            )
        elif extent and sheet.width > 0 and sheet.height > 0 and not _alike(sheet, extent):
            yield Notice(
                f"{sheet.locator} is {sheet.width:g} × {sheet.height:g}, and {each.image.name} is {extent.width} × "
                f"{extent.height}: another shape. The words are in, their places are left out."
            )
        elif not _scale(sheet, extent)[2] and sheet.blocks:
            yield Notice(f"{sheet.locator} does not say how large it is; the places of its words are left out.")
