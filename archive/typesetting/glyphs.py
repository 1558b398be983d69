"""Glyphs: fonts cut down to the glyphs that a volume shows, in the form in which a PDF holds them (ISO 32000, 9.7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import pydyf
import uharfbuzz as hb

from archive.typesetting.fonts import Font
from archive.typesetting.typefaces import Run

#: Tables that shape text; in a PDF the text is shaped already.
_SHAPING = tuple(int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"BASE", b"kern", b"DSIG"))
_WEIGHT = "wght"
#: Flags of a font descriptor: its letters are not those of a Latin font's own encoding.
_SYMBOLIC = 4


@dataclass(slots=True)
class Used:
    """What a volume uses of one font: its glyphs, and the characters that each stands for, the first time."""

    font: Font
    name: str
    characters: dict[int, str] = field(default_factory=dict)

    def take_note(self, run: Run) -> dict[int, str]:
        """Take note of a run's glyphs; return what has to be said beside them: the text of clusters, by their first.

        That is so where several glyphs make up a cluster, or where a glyph stands for something else elsewhere. A
        reader finds all other text by itself, putting what runs from the right into the order of the text.
        """
        said = _said(run)
        counted = Counter(glyph.cluster for glyph in run.glyphs)
        return {
            glyph.cluster: said[glyph.cluster]
            for glyph in run.glyphs
            if self.characters.setdefault(glyph.id, said[glyph.cluster]) != said[glyph.cluster]
            or counted[glyph.cluster] > 1
        }


def _said(run: Run) -> dict[int, str]:
    """The characters of each cluster of a run, by its first."""
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    return {start: run.text[start:end] for start, end in zip(starts, [*starts[1:], len(run.text)], strict=True)}


def width(font: Font, glyph: int) -> int:
    """The advance that a PDF knows of a glyph, in thousandths of an em."""
    return cast(int, round(font.font.get_glyph_h_advance(glyph) * 1000 / font.upem))


def embedded(pdf: pydyf.PDF, used: Used) -> tuple[pydyf.Dictionary, Mapping[int, int]]:
    """Put a font into a PDF; return it, and the codes of its glyphs there."""
    plan = _plan(used)
    codes = {glyph: plan.old_to_new_glyph_mapping[glyph] for glyph in used.characters}
    face = plan.execute()
    outlines = "CFF " in face.table_tags
    file = face.reference_table("CFF ").data if outlines else face.blob.data
    extra = pydyf.Dictionary({"Subtype": "/CIDFontType0C"} if outlines else {"Length1": len(file)})
    stream = pydyf.Stream([bytes(file)], extra, compress=True)
    to_unicode = pydyf.Stream([_to_unicode(used, codes)], compress=True)
    for each in (stream, to_unicode):
        pdf.add_object(each)
    descriptor = _descriptor(used, stream, "FontFile3" if outlines else "FontFile2")
    pdf.add_object(descriptor)
    descendant = _descendant(used, codes, descriptor, outlines=outlines)
    pdf.add_object(descendant)
    whole = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{used.name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": to_unicode.reference,
        }
    )
    pdf.add_object(whole)
    return whole, codes


def _plan(used: Used) -> hb.SubsetPlan:
    """The font with these glyphs alone, at its one weight, with codes that are places in its file."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(used.characters)
    wanted.drop_table_tag_set.update(_SHAPING)
    flags = hb.SubsetFlags
    wanted.flags = (
        flags.CFF_IDENTITY_CHARSET | flags.NO_LAYOUT_CLOSURE | flags.NOTDEF_OUTLINE | flags.NO_HINTING
        | flags.DOWNGRADE_CFF2
    )  # fmt: skip
    if used.font.varies:
        wanted.pin_all_axes_to_default(used.font.face)
        if used.font.weight:
            wanted.pin_axis_location(used.font.face, _WEIGHT, used.font.weight)
    return hb.SubsetPlan(used.font.face, wanted)


def _descriptor(used: Used, file: pydyf.Stream, key: str) -> pydyf.Dictionary:
    em = used.font.upem / 1000
    extents = used.font.font.get_font_extents("ltr")
    inks = [ink for glyph in used.characters if (ink := used.font.ink(glyph))] or [(0, 0, 0, 0)]
    left, bottom, right, top = zip(*inks, strict=True)
    box = (min(left), min(bottom), max(right), max(top))
    return pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{used.name}",
            "Flags": _SYMBOLIC,
            "FontBBox": pydyf.Array([round(side / em) for side in box]),
            "ItalicAngle": 0,
            "Ascent": round(extents.ascender / em),
            "Descent": round(extents.descender / em),
            "CapHeight": round(extents.ascender / em),
            "StemV": 80,
            key: file.reference,
        }
    )


def _descendant(
    used: Used, codes: Mapping[int, int], descriptor: pydyf.Dictionary, *, outlines: bool
) -> pydyf.Dictionary:
    widths: list[object] = []
    for code, glyph in sorted((code, glyph) for glyph, code in codes.items()):
        widths += [code, pydyf.Array([width(used.font, glyph)])]
    return pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType0" if outlines else "/CIDFontType2",
            "BaseFont": f"/{used.name}",
            "CIDSystemInfo": "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            "FontDescriptor": descriptor.reference,
            "DW": 1000,
            "W": pydyf.Array(widths),
            **({} if outlines else {"CIDToGIDMap": "/Identity"}),
        }
    )


def _to_unicode(used: Used, codes: Mapping[int, int]) -> bytes:
    """The CMap that tells the characters of a code (ISO 32000, 9.10.3)."""
    pairs = [
        f"<{codes[glyph]:04x}> <{text.encode('utf-16-be').hex()}>"
        for glyph, text in sorted(used.characters.items())
        if text
    ]
    # At most a hundred in one block.
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{mapped}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
