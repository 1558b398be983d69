"""``<dsc>``: the units right below, each with its own record elsewhere, and the documents that are kept in the unit."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description.units import HeldDocument, HeldUnit, UnitRecord
from archive.models import Kind
from harvest.formats import markup
from harvest.formats.ead3.elements import date, level, title
from harvest.formats.trees import Element, around, element
from harvest.formats.views import door_of


def components(unit: UnitRecord) -> Iterator[Element]:
    """``<dsc>``; nothing where nothing is below."""
    held = [*map(_unit, unit.units), *map(_document, unit.documents)]
    if held:
        yield around("dsc", held, dsctype="combined")


def _unit(unit: HeldUnit) -> Element:
    """A unit: what identifies it, and the number of its record."""
    number = Kind.UNIT.identifier(unit.identifier)
    parts = [element("unitid", unit.code or unit.identifier, identifier=number)]
    return around("c", [around("did", [*parts, *title(unit.title), *date(unit.dates, "")])], **level(unit.level))


def _document(document: HeldDocument) -> Element:
    """A document: what identifies it, and where it can be seen."""
    number = element("unitid", document.reference or document.identifier, identifier=document.identifier)
    door = markup.address(door_of(document.uri))
    seen = [element("dao", daotype="derived" if document.pictured else "unknown", href=door)] if door else []
    tag = markup.language(document.language)
    named = [element("unittitle", document.title, lang=tag)] if markup.words(document.title) else []
    return around(
        "c", [around("did", [number, *named, *date(document.date_verbatim, document.date), *seen])], level="item"
    )
