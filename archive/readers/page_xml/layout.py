"""A ``Page`` of PAGE XML: its regions in reading order, their lines and words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.readers.scans.boxes import Measured, around_points
from archive.readers.scans.transcription import Sheet, Written
from archive.readers.source import Source

#: Transkribus keeps the order of lines in an attribute that is anybody's: ``custom="readingOrder {index:3;}"``.
_ORDER = re.compile(r"readingOrder\s*\{\s*index:\s*([0-9]{1,6})")
#: A page's number without what adorns it: ``— 180 —``.
_PAGE_NUMBER = re.compile(r"[^\w]*([\w.]{1,12})[^\w]*")


def sheet_of(page: etree._Element, source: Source) -> Sheet:
    """The page as the file has it; ``Page`` measures in pixels of its image."""
    regions = _in_order(page, list(page.iter("{*}TextRegion")))
    return Sheet(
        source=source,
        file=(page.get("imageFilename") or "").strip(),
        locator=f"Page of {source.name}",
        width=_pixels(page, "imageWidth"),
        height=_pixels(page, "imageHeight"),
        per_inch=0,
        label=_label(regions),
        language=_language(page, regions),
        blocks=tuple(filter(None, (tuple(_lines(region)) for region in regions))),
    )


def _in_order(page: etree._Element, regions: list[etree._Element]) -> list[etree._Element]:
    """The regions in reading order; those that it leaves out after them, as they stand in the file.

    A region within another follows it where the order does not name it.
    """
    by_id = {region.get("id"): region for region in regions if region.get("id")}
    order = page.find("{*}ReadingOrder")
    named = [by_id[key] for key in _references(order) if key in by_id] if order is not None else []
    nested = [each for region in named for each in (region, *_not_named(region, named))]
    return list(dict.fromkeys([*nested, *regions]))


def _not_named(region: etree._Element, named: list[etree._Element]) -> Iterator[etree._Element]:
    """The regions within a region that the order does not name by themselves."""
    return (each for each in region.iterdescendants("{*}TextRegion") if each not in named)


def _references(group: etree._Element) -> Iterator[str]:
    """The regions that a group names, groups within it at their place."""
    for child in sorted(group.iterchildren("{*}*"), key=_index):
        yield child.get("regionRef") or ""
        yield from _references(child)


def _index(reference: etree._Element) -> int:
    """The place of a reference in an ordered group; 0, so that they stay as they stand, in any other."""
    index = reference.get("index") or ""
    return int(index) if index.isdecimal() and len(index) < 8 else 0


def _lines(region: etree._Element) -> Iterator[Written]:
    lines = list(region.iterchildren("{*}TextLine"))
    orders = [_ORDER.search(line.get("custom") or "") for line in lines]
    if lines and all(orders):
        numbered = zip((int(order[1]) for order in orders if order), range(len(lines)), lines, strict=True)
        lines = [line for _, _, line in sorted(numbered, key=lambda each: each[:2])]
    else:
        lines = _as_transcribed(region, lines)
    for line in lines:
        words = tuple(word for each in line.iterchildren("{*}Word") if (word := _word(each)).text)
        text = _text(line) or " ".join(word.text for word in words)
        if text:
            yield Written(" ".join(text.split()), _box(line), words)
    if not lines and (text := _text(region)):
        yield Written(" ".join(text.split()), _box(region), read=text)


def _as_transcribed(region: etree._Element, lines: list[etree._Element]) -> list[etree._Element]:
    """The lines in the order of the region's own text, where that is made of the very same lines.

    Who corrects a page by hand adds a forgotten line where the program puts it, and writes the text as it reads.
    """
    written = [" ".join(each.split()) for each in _text(region).splitlines() if each.strip()]
    read = [" ".join(_text(line).split()) for line in lines]
    if len(set(read)) != len(read) or set(written) != set(read) or len(written) != len(read):
        return lines
    return sorted(lines, key=lambda line: written.index(" ".join(_text(line).split())))


def _word(word: etree._Element) -> Written:
    return Written(_text(word), _box(word))


def _text(element: etree._Element) -> str:
    """The reading that counts: the one of the lowest index, else the surest."""
    readings = list(element.iterchildren("{*}TextEquiv"))
    if not readings:
        return ""
    best = min(readings, key=lambda each: (_index(each) if each.get("index") else len(readings), -_sureness(each)))
    return (best.findtext("{*}Unicode") or best.findtext("{*}PlainText") or "").strip()


def _sureness(reading: etree._Element) -> float:
    try:
        return float(reading.get("conf") or 0)
    except ValueError:
        return 0.0


def _box(element: etree._Element) -> Measured | None:
    """The box around the outline; around the baseline, where that is all there is."""
    for name in ("Coords", "Baseline"):
        outline = element.find(f"{{*}}{name}")
        if outline is None:
            continue
        points = outline.get("points") or " ".join(
            f"{point.get('x')},{point.get('y')}" for point in outline.iterchildren("{*}Point")
        )
        box = around_points(points)
        if box and box[2] > 0 and box[3] > 0:
            return box
    return None


def _label(regions: list[etree._Element]) -> str:
    """What stands on the page as its number."""
    for region in regions:
        if region.get("type") == "page-number":
            said = _text(region) or " ".join(_text(line) for line in region.iterchildren("{*}TextLine"))
            number = _PAGE_NUMBER.fullmatch(said)
            return number[1] if number else ""
    return ""


def _language(page: etree._Element, regions: list[etree._Element]) -> str:
    said = (each.get("primaryLanguage") for each in (page, *regions))
    return next((language for language in said if language), "")


def _pixels(page: etree._Element, name: str) -> float:
    said = page.get(name) or ""
    return float(said) if said.isdecimal() and len(said) < 8 else 0.0
