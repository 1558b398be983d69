"""What a finding aid says of itself (``control``): who made it, by which rules, and where else it can be read.

ISAD(G), section 3.7. It is said of the whole, for that is what the finding aid is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.drafts import Field, Statement, Value
from archive.readers.ead3.identification import field
from archive.readers.ead3.words import children, line, local, text

#: Elements in words, each with what it is called.
_TOLD = {
    "filedesc": "Finding aid",
    "conventiondeclaration": "Rules of the finding aid",
    "rightsdeclaration": "Rights in the finding aid",
}
#: What an event in the history of a finding aid consists of, and the attribute in which it stands if not in words.
_OF_EVENT = {"eventtype": "value", "eventdatetime": "standarddatetime", "agent": "", "eventdescription": ""}
_ADDRESS = ("http://", "https://")


def about_itself(control: etree._Element) -> Iterator[Field[Value]]:
    """The statements that ``control`` makes of the finding aid, in its order."""
    for element in children(control, "otherrecordid", "representation", "maintenancehistory", *_TOLD):
        name = local(element)
        if name == "maintenancehistory":
            yield from _history(element)
        elif name in _TOLD:
            yield from _told(element, _TOLD[name])
        else:
            yield from _elsewhere(element)


def _told(element: etree._Element, called: str) -> Iterator[Field[Value]]:
    addresses = (each.get("href", "").strip() for each in element.iter("*"))
    address = next((each for each in addresses if each.startswith(_ADDRESS)), "")
    words = text(element) or address
    if words:
        yield field(element, Statement("description", f"{called}\n\n{words}", uri=address))


def _history(element: etree._Element) -> Iterator[Field[Value]]:
    """What was done to the finding aid: what, when and by whom, an event a paragraph."""
    events = filter(None, map(_event, children(element, "maintenanceevent")))
    if words := "\n\n".join(events):
        yield field(element, Statement("description", f"History of the finding aid\n\n{words}"))


def _event(element: etree._Element) -> str:
    """An event, in words where it has some, else in those of its attributes, as programs write them."""
    said = {local(each): each for each in children(element)}
    told = (
        line(each) or each.get(attribute, "")
        for name, attribute in _OF_EVENT.items()
        if (each := said.get(name)) is not None
    )
    return ", ".join(filter(None, told))


def _elsewhere(element: etree._Element) -> Iterator[Field[Value]]:
    """Where the finding aid can be read: the address of a form for people, or one given as an id."""
    words = line(element)
    address = element.get("href", "").strip() or words
    if address.startswith(_ADDRESS):
        yield field(element, Statement("isReferencedBy", words or address, uri=address))
