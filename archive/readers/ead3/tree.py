"""The tree of a finding aid, gone through as a stream: memory is that of one component and of those above it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from archive.drafts import DocumentDate, Field, Identity, Notice, Number, Statement, Title, UnitDraft, Value
from archive.readers.ead3.control import about_itself
from archive.readers.ead3.dates import PIECE_BY_PIECE
from archive.readers.ead3.identification import AGENTS, name_of
from archive.readers.ead3.notes import described as said_by
from archive.readers.ead3.notes import detached, introduction
from archive.readers.ead3.words import children, line, local
from archive.readers.references import level_codes
from archive.readers.refused import BrokenSource
from archive.readers.source import Source
from archive.readers.xml_safety import iterparse

#: The schema's namespace, and that of the variant which keeps elements of EAD 2002.
NAMESPACES = ("http://ead3.archivists.org/schema/", "http://ead3.archivists.org/schema/undeprecated/")
COMPONENTS = frozenset({"c", *(f"c{number:02}" for number in range(1, 13))})
#: Scheme of the identities of units.
SCHEME = "ead"
#: Characters of an identity that the database takes, less those of the scheme.
_LONGEST = 500
#: Statements that tell a component from its neighbours where it has neither id nor code.
_TELLING = frozenset({"date", "medium", "temporal"})


@dataclass(slots=True)
class _Unit:
    """A unit on its way to a draft, while its element is open."""

    element: etree._Element
    parent: Identity | None
    position: int
    level: str
    own_id: str
    internal: bool
    fields: list[Field[Value]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    hidden: list[Field[Value]] = field(default_factory=list)
    identity: Identity | None = None
    #: What its children were called so far, so that no two are called alike.
    called: Counter[str] = field(default_factory=Counter)
    children: int = 0

    def take(self, element: etree._Element) -> None:
        """Take in what one child element says, and apart what of it is not for the public."""
        if self.internal or element.get("audience") == "internal":
            self.hidden += [each for each in said_by(element) if isinstance(each, Field)]
            return
        self.hidden += detached(element)
        for said in said_by(element):
            if isinstance(said, Notice):
                self.notices.append(said)
            else:
                self.fields.append(said)

    def draft(self) -> UnitDraft:
        """The unit with what was taken in by now; its identity is settled from here on."""
        assert self.identity is not None  # noqa: S101 - settled by whoever opened it
        return UnitDraft(
            identity=self.identity,
            parent=self.parent,
            level=self.level,
            code=_code(self.fields or self.hidden),
            fields=tuple(self.fields),
            notices=tuple(self.notices),
            position=self.position,
            internal=tuple(self.hidden),
        )


@dataclass(slots=True)
class _Finding:
    """The finding aid as a whole, from the first pass."""

    record: str = ""
    agency: str = ""
    agency_code: str = ""
    whole: _Unit | None = None
    repository: str = ""
    repository_fields: list[Field[Value]] = field(default_factory=list)
    about_itself: list[Field[Value]] = field(default_factory=list)


def described(source: Source) -> Iterator[UnitDraft]:
    """Every unit of the finding aid, each before those below it.

    :raises SourceRefused: before the first, where the file is broken anywhere.
    """
    found = _whole(source)
    assert found.whole is not None  # noqa: S101 - or it would have been refused
    repository = _repository(found, source)
    yield repository
    base = f"{found.agency_code or repository.code}/{found.record or source.sha256}"
    found.whole.parent, found.whole.identity = repository.identity, Identity(SCHEME, base[:_LONGEST])
    (found.whole.hidden if found.whole.internal else found.whole.fields).extend(found.about_itself)
    yield found.whole.draft()
    yield from _components(source, found.whole, base)


def _whole(source: Source) -> _Finding:
    """The first pass: what is said of the finding aid and of the whole, wherever it stands; components are let go.

    :raises BrokenSource: there is no ``archdesc``, or a note stands where its component was given already.
    """
    found = _Finding()
    parts = iterparse(source)
    holding: etree._Element | None = None
    for _, element in parts:
        above = element.getparent()
        if local(element) in COMPONENTS:
            holding = above
            parts.release(element)
        elif above is not None and above is holding and local(above) in COMPONENTS:
            raise _late(source, element)
        elif _note_of_whole(element, found):
            parts.release(element)
    if found.whole is None:
        raise BrokenSource(f"{source.name} is a finding aid without archdesc: it describes nothing.")
    return found


def _note_of_whole(element: etree._Element, found: _Finding) -> bool:
    """Note what an element that has just ended says of the whole; whether it has been done with."""
    name, above = local(element), element.getparent()
    if name == "control":
        _control(element, found)
    elif name == "archdesc":
        found.whole = found.whole or _opened(element, None, 1)
    elif above is not None and local(above) == "dsc" and found.whole is not None:
        _take_introduction(element, found.whole)
    elif above is not None and local(above) == "archdesc":
        found.whole = found.whole or _opened(above, None, 1)
        if name != "dsc":
            _take_whole(element, found, found.whole)
        return True
    return False


def _late(source: Source, element: etree._Element) -> BrokenSource:
    return BrokenSource(
        f"{source.name} is not in order: line {element.sourceline} has {local(element)} after the components within "
        "the same component, and EAD3 has it before them. Move it there and hand the file in again."
    )


def _take_whole(element: etree._Element, found: _Finding, whole: _Unit) -> None:
    whole.hidden += detached(element)
    for repository in children(element, "repository"):
        _read_repository(repository, found)
    whole.take(element)


def _take_introduction(element: etree._Element, whole: _Unit) -> None:
    """Take in what stands in ``dsc`` beside the components; a component lets go of all before it."""
    internal = whole.internal or element.get("audience") == "internal"
    said = [each for each in introduction(element) if isinstance(each, Field)]
    (whole.hidden if internal else whole.fields).extend(said)


def _read_repository(element: etree._Element, found: _Finding) -> None:
    names = [name_of(each) for each in children(element, *AGENTS)]
    found.repository = found.repository or next(filter(None, names), "")
    for each in children(element):
        if local(each) not in AGENTS and (words := line(each)):
            place = f"repository, line {each.sourceline}"
            found.repository_fields.append(Field(Statement("description", words), words, None, place))


def _control(element: etree._Element, found: _Finding) -> None:
    found.record = next((line(each) for each in children(element, "recordid")), "")
    for agency in children(element, "maintenanceagency"):
        found.agency = next((line(each) for each in children(agency, "agencyname")), "")
        found.agency_code = next((line(each) for each in children(agency, "agencycode")), "")
    if element.get("audience") != "internal":
        detached(element)
        found.about_itself = list(about_itself(element))


def _repository(found: _Finding, source: Source) -> UnitDraft:
    """The repository: by its own name, else by that of who keeps the finding aid."""
    name = found.repository or found.agency or found.agency_code
    notices = [] if name else [Notice("The finding aid does not say which repository it describes.")]
    fields = [*found.repository_fields]
    if found.agency_code:
        fields.append(Field(Number(found.agency_code, "legacy"), found.agency_code, None, "agencycode"))
    code = name or f"[repository of {source.name}]"
    return UnitDraft(
        Identity(SCHEME, f"repository {code}"[:_LONGEST]), None, "repository", code, tuple(fields), tuple(notices)
    )


def _components(source: Source, whole: _Unit, base: str) -> Iterator[UnitDraft]:
    """The second pass: each component as soon as the first below it begins, or it ends."""
    parts = iterparse(source, events=("start", "end"))
    open_units, ids = [whole], set[str]()
    for event, element in parts:
        name = local(element)
        if name in COMPONENTS and event == "start":
            yield from _settled(open_units, base)
            above = open_units[-1]
            above.children += 1
            unit = _opened(element, above.identity, above.children)
            unit.internal = unit.internal or above.internal
            # An id that stands twice, which XML forbids, names neither.
            unit.own_id = "" if unit.own_id in ids else unit.own_id
            ids.add(unit.own_id)
            open_units.append(unit)
        elif name in COMPONENTS:
            yield from _settled(open_units, base)
            open_units.pop()
            parts.release(element)
        elif event == "end" and element.getparent() is open_units[-1].element:
            open_units[-1].take(element)
            parts.release(element)
        elif event == "end" and len(open_units) == 1 and _is_of_whole(element):
            parts.release(element)


def _is_of_whole(element: etree._Element) -> bool:
    above = element.getparent()
    return above is not None and local(above) in ("archdesc", "ead") and local(element) != "archdesc"


def _settled(open_units: list[_Unit], base: str) -> Iterator[UnitDraft]:
    """The draft of the innermost unit, unless it was given already."""
    unit = open_units[-1]
    if unit.identity is None:
        above = open_units[-2]
        unit.identity = _identity(unit, above, base)
        yield unit.draft()


def _opened(element: etree._Element, parent: Identity | None, position: int) -> _Unit:
    internal = element.get("audience") == "internal"
    return _Unit(element, parent, position, _level(element), element.get("id", ""), internal)


def _level(element: etree._Element) -> str:
    """The level as the finding aid names it: in words of its own (``otherlevel``) where it has some."""
    level = element.get("level", "")
    return element.get("otherlevel", "") or level if level in ("", "otherlevel") else level


def _code(fields: list[Field[Value]]) -> str:
    """The code of a unit: its first ``unitid``, of a whole reference ("Ф. 45, оп. 1") what stands last."""
    written = next((each.value.value for each in fields if isinstance(each.value, Number)), "")
    return next(reversed(level_codes(written).values()), written)[:200]


def _identity(unit: _Unit, above: _Unit, base: str) -> Identity:
    """By what a component is known again: its own id, else its code, else its title and date, below its parent.

    Not its number among its neighbours: one more component would give all after it the descriptions of others.
    """
    if unit.own_id:
        return Identity(SCHEME, f"{base}#{unit.own_id}"[:_LONGEST])
    said = unit.fields or unit.hidden
    code = _code(said)
    key = code or hashlib.sha256(_heading(said).encode()).hexdigest()[:16]
    above.called[key] += 1
    if (times := above.called[key]) > 1:
        key = f"{key}~{times}"
    parent = above.identity.value if above.identity else base
    path = f"{parent}/{key}"
    if len(path) > _LONGEST:
        path = f"{base[:200]}/…{hashlib.sha256(path.encode()).hexdigest()}"
    return Identity(SCHEME, path)


def _heading(fields: list[Field[Value]]) -> str:
    """The words of title and dates, and what else tells a component from its neighbours.

    A date that is told piece by piece counts among the latter: there it stood when nobody could tell it, and units
    that came in then have to be known again.
    """
    plain = (each for each in fields if each.inferred != PIECE_BY_PIECE)
    heading = [each.verbatim for each in plain if isinstance(each.value, (Title, DocumentDate))]
    for each in fields:
        if each.inferred == PIECE_BY_PIECE:
            heading.append(each.verbatim)
        elif isinstance(each.value, Statement) and each.value.term in _TELLING:
            heading.append(each.value.text)
    return "\n".join(" ".join(words.split()) for words in heading)
