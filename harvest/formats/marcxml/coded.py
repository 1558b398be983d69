"""What MARC tells machines: leader, fixed data, numbers, languages and dates as codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archive.conf import conf
from archive.description import Description
from harvest.formats.curated import stated
from harvest.formats.institution import institution
from harvest.formats.marc_languages import three_letters
from harvest.formats.marcxml.fields import Field, field

#: New record, manuscript language material (t), a single item (m), under archival control (a), in Unicode (a). Its
#: lengths are of no meaning in XML.
LEADER = "00000ntmaa2200000uu 4500"

#: Places 00 to 05 of 008, the day when the record was made: not told, for it would be another after the first
#: publication, and every record be harvested anew.
_ENTERED = " " * 6
#: Places 18 to 34 of 008 for language material: online (o), the rest not coded.
_MATERIAL = "|||||o|||||||| ||"
#: What MARC calls the numbers that name one document in all the world.
_SOURCES = {"ark": "ark", "doi": "doi", "handle": "hdl"}


def fixed_data(description: Description) -> str:
    """The forty characters of 008."""
    held = _held(description)
    language = held[0] if len(held) == 1 else "mul" if held else "und"
    return f"{_ENTERED}{_date(description)}xx {_MATERIAL}{language} d"


def _date(description: Description) -> str:
    """Places 06 to 14: e for one day, s for one year, q for years between which it lies, n where nothing is known."""
    earliest, latest = description.date.earliest, description.date.latest
    if earliest is None or latest is None:
        return f"q{_year(earliest)}{_year(latest)}" if earliest or latest else "nuuuuuuuu"
    if earliest == latest:
        return f"e{_year(earliest)}{earliest:%m%d}"
    if earliest.year == latest.year:
        return f"s{_year(earliest)}    "
    return f"q{_year(earliest)}{_year(latest)}"


def _year(day: date | None) -> str:
    return f"{day.year:04}" if day else "uuuu"


def _held(description: Description) -> list[str]:
    """The languages that can be read, by their codes."""
    tags = [text.language for text in description.texts] or [description.original_language]
    return [code for code in dict.fromkeys(map(three_letters, tags)) if code]


def standard_numbers(description: Description) -> Iterator[Field]:
    """024: the address, and what names the document in all the world; other numbers of its own have no source."""
    yield field("024", "7 ", ("a", description.uri), ("2", "uri"))
    for each in description.numbers:
        if each.kind in _SOURCES:
            yield field("024", "7 ", ("a", each.value), ("2", _SOURCES[each.kind]))
        elif each.kind != "cited":
            yield field("024", "8 ", ("a", each.value), ("q", f"{each.kind} number"))
    for stated_one in stated(description, "identifier"):
        yield field("024", "8 ", ("a", stated_one.value))


def cataloguing_source(_description: Description) -> Iterator[Field]:
    """040: who made the record, by its code or else by its name."""
    source = conf().MARC_ORGANIZATION or institution()
    yield field("040", "  ", ("a", source), ("c", source))


def languages(description: Description) -> Iterator[Field]:
    """041, where 008 does not say it all: several languages, or a translation with the language of its original."""
    held = _held(description)
    original = three_letters(description.original_language)
    translated = bool(original) and any(text.kind == "translation" for text in description.texts)
    if len(held) > 1 or (held and translated):
        originals = [("h", original)] if translated else []
        yield field("041", "1 " if translated else "0 ", *(("a", code) for code in held), *originals)


def dates(description: Description) -> Iterator[Field]:
    """046: when it was made, in EDTF."""
    yield field("046", "  ", ("k", description.date.edtf), ("2", "edtf"))
