"""``<did>``: what identifies a unit (ISAD(G), section 3.1), and by whom it was created (3.2.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.description.units import UnitRecord
from harvest.formats import markup
from harvest.formats.ead3.control import full_code, name_of
from harvest.formats.ead3.elements import date, named, paragraphs, title
from harvest.formats.trees import Element, around, element


def did(unit: UnitRecord) -> Element:
    """``<did>``; EAD wants something in it, and a portal a title."""
    return around("did", [said for field in FIELDS for said in field(unit)])


def _code(unit: UnitRecord) -> Iterator[Element]:
    """The unit's own code; the path before it as well, because other archives have a fond 45 too."""
    if markup.words(unit.code):
        yield element("unitid", unit.code, localtype="code")
    if markup.words(path := full_code(unit)) and path != unit.code:
        yield element("unitid", path, localtype="reference")


def _title(unit: UnitRecord) -> Iterator[Element]:
    yield from title(name_of(unit))


def _dates(unit: UnitRecord) -> Iterator[Element]:
    yield from date(unit.dates, unit.date)
    for each in _said(unit, "date"):
        yield element("unitdate", each)
    for each in _said(unit, "temporal"):
        yield element("unitdate", each, unitdatetype="bulk")


def _repository(unit: UnitRecord) -> Iterator[Element]:
    """The archive that keeps it: the top of the tree."""
    if unit.above:
        top = unit.above[0]
        yield around("repository", [named("corpname", top.title or top.code, top.uri)])


def _origin(unit: UnitRecord) -> Iterator[Element]:
    for each in unit.statements:
        if each.term == "creator" and markup.words(each.value):
            yield around("origination", [named("name", each.value, each.uri)])


def _extent(unit: UnitRecord) -> Iterator[Element]:
    for each in (unit.extent, *_said(unit, "extent")):
        if markup.words(each):
            yield element("physdesc", each)


def _languages(unit: UnitRecord) -> Iterator[Element]:
    languages = [element("language", each) for each in _said(unit, "language")]
    if languages:
        yield around("langmaterial", languages)


def _abstracts(unit: UnitRecord) -> Iterator[Element]:
    for each in unit.statements:
        if each.term == "abstract" and markup.words(each.value):
            yield element("abstract", each.value, lang=markup.language(each.language))


def _containers(unit: UnitRecord) -> Iterator[Element]:
    for each in _said(unit, "medium"):
        yield element("container", each)


def _copies(unit: UnitRecord) -> Iterator[Element]:
    """Copies that have an address; those that have none are a note."""
    for each in unit.statements:
        if each.term == "hasFormat" and (address := markup.address(each.uri)):
            note = [around("descriptivenote", said)] if (said := paragraphs(each.value)) else []
            yield around("dao", note, daotype="unknown", href=address)


def _said(unit: UnitRecord, term: str) -> Iterator[str]:
    """The words of statements of one term."""
    return (each.value for each in unit.statements if each.term == term and markup.words(each.value))


FIELDS: tuple[Callable[[UnitRecord], Iterator[Element]], ...] = (
    _code, _title, _dates, _repository, _origin, _extent, _languages, _abstracts, _containers, _copies,
)  # fmt: skip
