"""What the record itself is: its number, its title, who gives it out, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator

from archive.conf import conf
from archive.description.units import UnitRecord
from archive.models import Kind
from harvest.formats import markup
from harvest.formats.ead3.elements import level
from harvest.formats.institution import institution
from harvest.formats.trees import Element, around, element


def control(unit: UnitRecord) -> Element:
    """``<control>``."""
    number = element("recordid", Kind.UNIT.identifier(unit.identifier), instanceurl=markup.address(unit.uri))
    agency = around("maintenanceagency", [element("agencyname", institution())])
    parts = [number, _file(unit), element("maintenancestatus", value="derived"), agency]
    return around("control", [*parts, *_rights(), around("maintenancehistory", [_made(unit)])])


def full_code(unit: UnitRecord) -> str:
    """The codes from the repository down, by which archivists cite the unit: ``APRF, fond 45, opis 1``."""
    way = [(each.level, each.code) for each in unit.above]
    if unit.code:
        way.append((unit.level, unit.code))
    return ", ".join(code if name == "repository" else f"{name} {code}" for name, code in way if code)


def name_of(unit: UnitRecord) -> str:
    """What the record is about: the title, else the codes, else the level."""
    return markup.words(unit.title) or markup.words(full_code(unit)) or level(unit.level).get("otherlevel", unit.level)


def _file(unit: UnitRecord) -> Element:
    title = around("titlestmt", [element("titleproper", name_of(unit))])
    return around("filedesc", [title, around("publicationstmt", [element("publisher", institution())])])


def _rights() -> Iterator[Element]:
    """Under which licence the description is."""
    if licence := markup.address(conf().METADATA_RIGHTS):
        yield around("rightsdeclaration", [element("citation", licence, href=licence)])


def _made(unit: UnitRecord) -> Element:
    """When the unit was entered. When its record was last made is its datestamp, which the record must not hold."""
    day = unit.created_on.isoformat()
    return around(
        "maintenanceevent",
        [
            element("eventtype", value="created"),
            element("eventdatetime", day, standarddatetime=day),
            element("agenttype", value="machine"),
            element("agent", conf().REPOSITORY_NAME),
        ],
    )
