"""What stands beside ``<did>``: scope and content, conditions, history, index terms (ISAD(G), sections 3.2 to 3.6)."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import StatementDescription
from archive.description.units import UnitRecord
from harvest.formats import markup
from harvest.formats.ead3.elements import named, paragraphs
from harvest.formats.trees import Element, around, element

#: The note that says each Dublin Core term; archive.readers.ead3 reads them the same way.
_NOTES = {
    "accessRights": "accessrestrict",
    "accrualPolicy": "accruals",
    "bibliographicCitation": "prefercite",
    "description": "odd",
    "hasFormat": "altformavail",
    "isFormatOf": "originalsloc",
    "isReferencedBy": "bibliography",
    "provenance": "custodhist",
    "relation": "relatedmaterial",
    "requires": "phystech",
    "rights": "userestrict",
}
#: The kind of index term for each of these.
_INDEXED = {"subject": "subject", "spatial": "geogname", "type": "genreform"}
#: Said in ``<did>``.
_IDENTIFYING = frozenset({"abstract", "creator", "date", "extent", "language", "medium", "temporal"})


def notes(unit: UnitRecord) -> Iterator[Element]:
    """Everything that is said of a unit outside of ``<did>``."""
    yield from _scope(unit)
    for each in unit.statements:
        if each.term not in _IDENTIFYING and each.term not in _INDEXED:
            yield from _note(each)
    yield from _index(unit)
    yield from _way_up(unit)


def _scope(unit: UnitRecord) -> Iterator[Element]:
    if said := paragraphs(unit.description):
        yield around("scopecontent", said)


def _note(statement: StatementDescription) -> Iterator[Element]:
    """A note; a term that EAD has no element for becomes further data, which say what they are."""
    address = markup.address(statement.uri)
    if statement.term == "hasFormat" and address:
        return  # a digital object in <did>
    said = paragraphs(statement.value, statement.language)
    if address:
        said.append(around("p", [element("ref", address, href=address)]))
    if said:
        name = _NOTES.get(statement.term, "odd")
        heading = [] if statement.term in _NOTES else [element("head", statement.term)]
        yield around(name, [*heading, *said])


def _index(unit: UnitRecord) -> Iterator[Element]:
    terms = [
        named(_INDEXED[each.term], each.value or each.uri, each.uri)
        for each in unit.statements
        if each.term in _INDEXED and markup.words(each.value or each.uri)
    ]
    if terms:
        yield around("controlaccess", terms)


def _way_up(unit: UnitRecord) -> Iterator[Element]:
    """The units above, each with the address of its own record: the nearest first."""
    relations = [
        around(
            "relation",
            [element("relationentry", ", ".join(filter(None, (f"{each.level} {each.code}", each.title))))],
            relationtype="resourcerelation",
            arcrole="isPartOf" if number == 0 else "isDescendantOf",
            href=markup.address(each.uri),
        )
        for number, each in enumerate(reversed(unit.above))
    ]
    if relations:
        yield around("relations", relations)
