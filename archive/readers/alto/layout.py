"""A ``Page`` of ALTO: its blocks in reading order, their lines and words."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.readers.alto.description import Description
from archive.readers.scans.boxes import Measured, around_points
from archive.readers.scans.transcription import Sheet, Written
from archive.readers.source import Source


def sheet_of(page: etree._Element, source: Source, described: Description, *, number: int) -> Sheet:
    """The page as the file has it."""
    blocks = list(_blocks(page))
    width, height = _number(page, "WIDTH"), _number(page, "HEIGHT")
    return Sheet(
        source=source,
        file=described.file,
        locator=f"Page {number} of {source.name}",
        width=width,
        height=height,
        per_inch=described.per_inch,
        label=(page.get("PRINTED_IMG_NR") or "").strip(),
        language=next((language for block in blocks if (language := _language(block))), ""),
        blocks=tuple(filter(None, (tuple(_lines(block)) for block in _in_order(page, blocks)))),
    )


def _blocks(page: etree._Element) -> Iterator[etree._Element]:
    """The blocks of text; margins, which hold running heads and page numbers, where they stand in the file."""
    yield from page.iter("{*}TextBlock")


def _in_order(page: etree._Element, blocks: list[etree._Element]) -> list[etree._Element]:
    """The blocks in the reading order of version 4.1 and later, or along IDNEXT; else as they stand in the file."""
    by_id = {block.get("ID"): block for block in blocks if block.get("ID")}
    order = [ref for each in page.iterfind("{*}ReadingOrder") for ref in each.iter("{*}ElementRef")]
    named = [by_id[key] for ref in order if (key := ref.get("REF") or "") in by_id]
    if not named:
        named = list(_along(blocks, by_id))
    return list(dict.fromkeys([*named, *blocks]))


def _along(blocks: list[etree._Element], by_id: dict[str | None, etree._Element]) -> Iterator[etree._Element]:
    """The blocks, each followed by those that it names as next."""
    done: set[etree._Element] = set()
    followed = {block.get("IDNEXT") for block in blocks}
    for start in [block for block in blocks if block.get("ID") not in followed]:
        block: etree._Element | None = start
        while block is not None and block not in done:
            done.add(block)
            yield block
            block = by_id.get(block.get("IDNEXT")) if block.get("IDNEXT") else None


def _lines(block: etree._Element) -> Iterator[Written]:
    for line in block.iterfind("{*}TextLine"):
        parts = list(line.iterchildren("{*}String", "{*}SP", "{*}HYP"))
        words = tuple(_words(parts))
        text = _text(words, parts)
        if text:
            box = _box(line) or _around_baseline(line)
            # Some programs write a whole line as one String: that is no word with a place of its own.
            yield Written(text, box, () if any(" " in word.text for word in words) else words)


def _words(parts: list[etree._Element]) -> Iterator[Written]:
    """The words of a line; a hyphen at its end is part of the last."""
    for place, part in enumerate(parts):
        if not _is(part, "String"):
            continue
        text = part.get("CONTENT") or ""
        following = parts[place + 1] if place + 1 < len(parts) else None
        if following is not None and _is(following, "HYP") and not text.endswith(_hyphen(following)):
            text += _hyphen(following)
        yield Written(text, _box(part), read=_read(part))


def _text(words: tuple[Written, ...], parts: list[etree._Element]) -> str:
    """The words with a space between them; without, where the line parts strings with none (Chinese, say)."""
    spaced = any(_is(part, "SP") for part in parts)
    strings = [part for part in parts if _is(part, "String")]
    if spaced and len(strings) > 1:
        return _as_spaced(words, parts).strip()
    return " ".join(word.text for word in words if word.text).strip()


def _as_spaced(words: tuple[Written, ...], parts: list[etree._Element]) -> str:
    said, held = "", iter(words)
    for part in parts:
        if _is(part, "String"):
            said += next(held).text
        elif _is(part, "SP"):
            said += " "
    return said


def _read(part: etree._Element) -> str | None:
    """What a parted word reads in a running text: whole in its first part, nothing in its second."""
    kind = (part.get("SUBS_TYPE") or "").casefold()
    whole = part.get("SUBS_CONTENT") or ""
    if kind == "hyppart1" and whole:
        return whole
    return "" if kind == "hyppart2" and whole else None


def _hyphen(part: etree._Element) -> str:
    content = part.get("CONTENT") or "-"
    return "-" if content == "\u00ad" else content


def _box(element: etree._Element) -> Measured | None:
    """The place of a line or word: as it is given, else around its polygon."""
    if all(element.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")):
        left, top, width, height = (_number(element, name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        if width > 0 and height > 0:
            return left, top, width, height
    polygon = element.find("{*}Shape/{*}Polygon")
    return around_points(polygon.get("POINTS") or "") if polygon is not None else None


def _around_baseline(line: etree._Element) -> Measured | None:
    """Where nothing but the baseline is known: along it, and a twentieth of its length above."""
    points = line.get("BASELINE") or ""
    box = around_points(points) if " " in points.strip() else None
    if box is None or box[2] <= 0 or any(_box(word) for word in line.iterchildren("{*}String")):
        return None
    rise = max(1.0, box[2] / 20)
    return box[0], max(0.0, box[1] - rise), box[2], box[3] + rise * 1.25


def _number(element: etree._Element, name: str) -> float:
    try:
        value = float(element.get(name) or 0)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e7 else 0.0


def _language(block: etree._Element) -> str:
    return block.get("LANG") or block.get("language") or ""


def _is(element: etree._Element, name: str) -> bool:
    return etree.QName(element).localname == name
