"""Who wrote to whom, and who and what is named.

Sender and addressee by the encoding (``correspAction``; the ``from`` and ``to`` of FRUS headings); else by a heading
of one certain form (``Letter from Fisk to McCloy``). A person or a place named in the text is a subject if the
encoding says which one is meant. Names in editors' notes are not: those tell of the edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.drafts import Contribution, Field, Subject, Value
from archive.readers.tei.markup import NOTE, local, own, said, tei, words
from archive.readers.tei.volume import Volume

_ROLES = {"from": "sender", "to": "addressee", "sent": "sender", "received": "addressee"}
_AGENTS = tuple(map(tei, ("persName", "orgName", "name", "rs")))
_HEADED = tuple(map(tei, ("persName", "orgName", "gloss")))
_NAMES = tuple(map(tei, ("persName", "orgName", "placeName", "geogName", "settlement", "country", "rs", "name")))
_SIGNED, _DATELINE = tei("signed"), tei("dateline")
#: Where a name is no mention: it is the writer's, or the place of writing.
_OF_THE_LETTER = frozenset((_SIGNED, _DATELINE, NOTE, *map(tei, ("listPerson", "listPlace", "listOrg", "listBibl"))))
_KINDS = {
    **dict.fromkeys(("persName", "person"), "person"),
    **dict.fromkeys(("orgName", "org", "organisation", "organization"), "corporate_body"),
    **dict.fromkeys(("placeName", "geogName", "settlement", "country", "place"), "place"),
}
_ACTION = "/".join(map(tei, ("profileDesc", "correspDesc", "correspAction")))
_NAME = r"(?:[Tt]he )?[A-Z][\w.’'-]*(?: (?:of|the|for|in|[A-Z][\w.’'-]*)){0,7}"
_HEADING = re.compile(
    rf"(?:[0-9]+\. )?(?:[A-Z]\w+ )?(?:Telegram|Airgram|Letter|Memorandum|Despatch|Message) [Ff]rom "
    rf"(?P<sender>{_NAME}) to (?P<addressee>{_NAME})(?=$|, |\. )"
)
_WORDS = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)"
_TITLED = (
    rf"(?:(?:Mr|Mrs|Dr|Gen|Col)\. {_WORDS}{{0,5}}(?:, Jr\.)?|(?:Miss|Ambassador) {_WORDS}{{1,5}})(?=$|,| of | in )"
)
#: ``Memorandum of Conversation, by the Chief of the Division (Reed)``, ``… by Mr. Robert A. Fearey, of the …``,
#: ``Memorandum for the Record prepared by McCone, July 26``. The person in brackets is the author, not the office.
_AUTHORED = re.compile(
    r"(?:[0-9]+\. )?(?:Draft )?(?:Memorandum|Draft|Minutes|Notes?|Paper|Report|Statement|Text of Statement)"
    r"(?: [Oo]f (?:Telephone )?(?:Conversation|Discussion)| for the (?:Record|File)| paper)?,? (?:[Pp]repared )?by "
    rf"(?:(?P<titled>{_TITLED})|(?:the )?[A-Z][^()\[\].]{{1,150}} \((?P<person>{_WORDS}{{0,4}})\)(?=$|,)"
    rf"|(?:the )?(?P<name>{_NAME})(?=$|,))"
)
_MISTER = re.compile(r"(?:Mr|Mrs)\. |Miss ")
#: No name is longer: what is, is a sentence that somebody encoded as a name.
_LONGEST = 200


def correspondents(header: etree._Element | None, volume: Volume) -> Iterator[Field[Value]]:
    """Sender and addressee by ``correspDesc``, and from where to where."""
    for action in () if header is None else header.iterfind(_ACTION):
        role = _ROLES.get(action.get("type", ""))
        for element in action.iterchildren() if role else ():
            if element.tag in _AGENTS and role:
                yield from _contribution(element, role, volume)
            elif element.tag == tei("placeName"):
                yield from place(element, volume, "written at" if role == "sender" else "received at")


def headed(head: etree._Element | None, volume: Volume) -> Iterator[Field[Contribution]]:
    """Sender and addressee, or the author, by the heading: as it is encoded, else if its words are certain."""
    encoded = [
        field
        for element in (() if head is None else head.iter(*_HEADED))
        if element.get("type") in _ROLES
        for field in _contribution(element, _ROLES[element.get("type", "")], volume)
    ]
    yield from encoded
    for value in _told(words(head)) if head is not None and not encoded else ():
        inferred = "from the words of the heading"
        yield said(value, head, verbatim=value.as_written, inferred=inferred)  # type: ignore[arg-type]


def _told(heading: str) -> Iterator[Contribution]:
    """Sender and addressee, or the author, where the words of a heading are of a certain form."""
    if told := _HEADING.match(heading):
        for role in ("sender", "addressee"):
            yield Contribution(role, told[role], told[role])
    elif told := _AUTHORED.match(heading):
        person = told["titled"] or told["person"] or ""
        name = person or told["name"]
        yield Contribution("author", name, _MISTER.sub("", name, count=1), None, "person" if person else "")


def signatories(document: etree._Element, volume: Volume) -> Iterator[Field[Contribution]]:
    """Who signed, if the encoding says who that is."""
    for signed in own(document, _SIGNED):
        for element in signed.iter(tei("persName")):
            if _pointer(element):
                yield from _contribution(element, "signatory", volume)


def place(element: etree._Element, volume: Volume, relation: str) -> Iterator[Field[Subject]]:
    """A place, with what it is to the document."""
    pointer = _pointer(element)
    entry = volume.entry(pointer)
    label = entry.label if entry else words(element)
    if label and len(label) <= _LONGEST:
        yield said(Subject("place", label, relation, volume.uri(pointer) if pointer else ""), element)


def written_at(document: etree._Element, volume: Volume) -> Iterator[Field[Subject]]:
    """The place in the first dateline that names one."""
    for dateline in own(document, _DATELINE):
        for element in dateline.iter(tei("placeName")):
            yield from place(element, volume, "written at")
            return


def mentioned(document: etree._Element, volume: Volume) -> Iterator[Field[Subject]]:
    """Each person, office and place that a text names and the encoding identifies, once."""
    seen: set[str] = set()
    for element in own(document, *_NAMES, attached=True):
        pointer = _pointer(element)
        kind = _KINDS.get(element.get("type", "") if local(element) in ("rs", "name") else local(element))
        if not pointer or kind is None or pointer in seen or element.get("type") in _ROLES or not _in_text(element):
            continue
        seen.add(pointer)
        yield from _subject(element, pointer, kind, volume)


def _subject(element: etree._Element, pointer: str, kind: str, volume: Volume) -> Iterator[Field[Subject]]:
    entry = volume.entry(pointer)
    label = entry.label if entry else words(element)
    if not label or len(label) > _LONGEST:
        return
    of_agent = "" if kind == "place" else kind
    value = Subject("agent" if of_agent else "place", label, "about", volume.uri(pointer), "", of_agent)
    yield said(value, element, inferred=_from_list(entry is not None and label != words(element)))


def _contribution(element: etree._Element, role: str, volume: Volume) -> Iterator[Field[Contribution]]:
    pointer, written = _pointer(element), words(element)
    entry = volume.entry(pointer)
    agent = entry.label if entry else written
    if not written or max(len(agent), len(written)) > _LONGEST:
        return
    kind = _KINDS.get(local(element), entry.kind if entry else "")
    uri = volume.uri(pointer) if pointer else ""
    inferred = _from_list(agent != written)
    yield said(Contribution(role, written, agent, None, kind, uri), element, inferred=inferred)


def _from_list(so: bool) -> str:
    return "name from the lists of the volume" if so else ""


def _pointer(element: etree._Element) -> str:
    return element.get("ref") or element.get("corresp") or element.get("key") or element.get("target") or ""


def _in_text(element: etree._Element) -> bool:
    return all(each.tag not in _OF_THE_LETTER for each in element.iterancestors())
