"""Readable: an answer of the provider as a page shows it, taken from the very XML that harvesters get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from lxml import etree

OAI = "{http://www.openarchives.org/OAI/2.0/}"
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
#: Characters of the source that a page shows; a page of records in METS may have millions.
SOURCE = 200_000
#: Steps that a page indents.
DEEPEST = 6
#: How an address begins that a browser can open.
WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Line:
    """One element: its local name, its words, its attributes, and how deep it stands."""

    name: str
    words: str
    attributes: tuple[tuple[str, str], ...]
    depth: int

    @property
    def address(self) -> str:
        """The words, where they are an address of the web and nothing else."""
        return self.words if self.words.startswith(WEB) and " " not in self.words else ""


@dataclass(frozen=True, slots=True)
class Record:
    """A header, and the lines of the metadata if there are any; ``about`` likewise."""

    identifier: str
    datestamp: str
    deleted: bool
    sets: tuple[str, ...]
    metadata: tuple[Line, ...]
    about: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Set:
    """A set, with its description."""

    spec: str
    name: str
    description: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, whatever its verb; what the verb does not give is empty."""

    verb: str
    arguments: dict[str, str]
    base: str
    date: str
    errors: tuple[tuple[str, str], ...]
    facts: tuple[Line, ...]
    formats: tuple[tuple[str, str, str], ...]
    sets: tuple[Set, ...]
    records: tuple[Record, ...]
    #: The query of the next page; empty if there is none.
    following: str
    #: Where the page begins in its list, and how long that is; empty if it is in one piece.
    cursor: str
    size: str
    source: str
    #: Whether the source was too long to show all of it.
    cut: bool

    @property
    def first(self) -> int:
        """The number in its list of what stands first on the page."""
        return int(self.cursor or 0) + 1

    @property
    def prefix(self) -> str:
        """The format that was asked for, or the one that everybody has."""
        return self.arguments.get("metadataPrefix", "oai_dc")


def read(content: bytes) -> Answer:
    """The answer in some bytes of the provider."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    request = root.find(f"{OAI}request")
    arguments = {str(name): str(value) for name, value in request.attrib.items()} if request is not None else {}
    verb = arguments.pop("verb", "")
    body = root.find(f"{OAI}{verb}") if verb else None
    token = root.find(f".//{OAI}resumptionToken")
    source = etree.tostring(_indented(root), encoding="unicode")
    return Answer(
        verb=verb,
        arguments=arguments,
        base=_text(root, "request"),
        date=_text(root, "responseDate"),
        errors=tuple((each.get("code", ""), each.text or "") for each in root.iterfind(f"{OAI}error")),
        facts=tuple(_lines(body)) if body is not None and verb == "Identify" else (),
        formats=tuple(_formats(root)),
        sets=tuple(_sets(root)),
        records=tuple(_records(root)),
        following=urlencode({"verb": verb, "resumptionToken": token.text}) if token is not None and token.text else "",
        cursor=token.get("cursor", "") if token is not None else "",
        size=token.get("completeListSize", "") if token is not None else "",
        source=source[:SOURCE],
        cut=len(source) > SOURCE,
    )


def _formats(root: Any) -> Iterator[tuple[str, str, str]]:
    for each in root.iter(f"{OAI}metadataFormat"):
        yield _text(each, "metadataPrefix"), _text(each, "schema"), _text(each, "metadataNamespace")


def _sets(root: Any) -> Iterator[Set]:
    for each in root.iter(f"{OAI}set"):
        description = each.find(f"{OAI}setDescription")
        lines = tuple(_of_parts(description)) if description is not None else ()
        yield Set(_text(each, "setSpec"), _text(each, "setName"), lines)


def _records(root: Any) -> Iterator[Record]:
    """The records, or the headers by themselves."""
    for header in root.iter(f"{OAI}header"):
        record = header.getparent()
        yield Record(
            identifier=_text(header, "identifier"),
            datestamp=_text(header, "datestamp"),
            deleted=header.get("status") == "deleted",
            sets=tuple(each.text or "" for each in header.iterfind(f"{OAI}setSpec")),
            metadata=tuple(_below(record, "metadata")),
            about=tuple(_below(record, "about")),
        )


def _below(record: Any, name: str) -> Iterator[Line]:
    """The lines of the containers of a record; a header in a list of headers has none."""
    if record.tag == f"{OAI}record":
        for container in record.iterfind(f"{OAI}{name}"):
            yield from _of_parts(container)


def _of_parts(container: Any) -> Iterator[Line]:
    """The lines within each part of a container; the outermost element says nothing that its format does not."""
    for part in container:
        yield from _lines(part)


def _lines(element: Any, depth: int = 0) -> Iterator[Line]:
    """A line for each element below one. White space that only parts elements is no words."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        attributes = [(etree.QName(name).localname, value) for name, value in child.items() if name != SCHEMA_LOCATION]
        words = (child.text or "").strip()
        if not words and not len(child):  # what says nothing but where something is: rdf:resource, ref
            words = next((value for _, value in attributes if value.startswith(WEB)), "")
            attributes = [each for each in attributes if each[1] != words]
        yield Line(etree.QName(child).localname, words, tuple(attributes), min(depth, DEEPEST))
        yield from _lines(child, depth + 1)


def _text(element: Any, name: str) -> str:
    found = element.find(f"{OAI}{name}")
    return (found.text or "") if found is not None else ""


def _indented(root: Any) -> Any:
    """A copy with every element on a line of its own."""
    copy = etree.fromstring(etree.tostring(root), etree.XMLParser(remove_blank_text=True, huge_tree=True))
    etree.indent(copy)
    return copy
