"""Copies: what a harvester has of the archive that asks for nothing twice, and what it ought to have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from lxml import etree

from archive.description import describe
from archive.description.units import describe_units
from archive.models import ArchivalUnit, Document, Kind
from harvest.formats import BY_PREFIX
from tests.harvest.answers import NAMESPACES
from tests.harvest.keeping import changes

#: Of which format and set copies are compared with the database.
COMPARED = (("oai_dc", ""), ("oai_dc", changes.SPEC), ("ead3", ""), ("ead3", changes.UNITS))

#: A list with nothing in it, which is an error to the protocol.
EMPTY = {"noRecordsMatch", "noSetHierarchy"}


class Copy:
    """The copy of a harvester that begins each list at the responseDate of an answer that it had before.

    Of which answer is not said by the protocol, when the list before had several pages: the first, to be careful, or
    the ``last``.
    """

    def __init__(
        self, ask: Callable[[str], bytes], *, prefix: str = "oai_dc", spec: str = "", last: bool = False
    ) -> None:
        self.ask = ask
        self.prefix = prefix
        self.spec = spec
        self.last = last
        self.records: dict[str, bytes] = {}
        self.since = ""
        self.lists = 0
        self._date = ""
        self._token = ""

    def step(self) -> bool:
        """Ask for one page; return whether the list goes on."""
        root = etree.fromstring(self.ask(self._query()))
        [date] = root.xpath("oai:responseDate/text()", namespaces=NAMESPACES)
        self._date = date if self.last or not self._date else self._date
        errors = set(root.xpath("oai:error/@code", namespaces=NAMESPACES))
        assert errors <= EMPTY, etree.tostring(root)
        for record in root.iterfind(".//oai:record", NAMESPACES):
            self._take(record)
        self._token = root.findtext(".//oai:resumptionToken", "", NAMESPACES)
        if not self._token:
            self.since, self._date = self._date, ""
            self.lists += 1
        return bool(self._token)

    def harvest(self) -> None:
        """Ask for all that is left of the list."""
        while self.step():
            pass

    def _query(self) -> str:
        if self._token:
            return f"verb=ListRecords&resumptionToken={quote(self._token)}"
        chosen = f"&set={self.spec}" if self.spec else ""
        return f"verb=ListRecords&metadataPrefix={self.prefix}{chosen}" + (f"&from={self.since}" if self.since else "")

    def _take(self, record: etree._Element) -> None:
        identifier = record.findtext("oai:header/oai:identifier", "", NAMESPACES).rpartition(":")[2]
        metadata = record.find("oai:metadata", NAMESPACES)
        if metadata is None:
            self.records.pop(identifier, None)
        else:
            self.records[identifier] = canonical(metadata[0])


def copies(ask: Callable[[str], bytes]) -> list[Copy]:
    """Copies of all that is compared: the records of documents, of units, and of a set of each."""
    return [Copy(ask, prefix=prefix, spec=spec, last=last) for prefix, spec in COMPARED for last in (False, True)]


def expected(spec: str = "", prefix: str = "oai_dc") -> dict[str, bytes]:
    """What a copy ought to hold: all that is public, or in a set, as it would be rendered now."""
    held: Any = _units() if prefix == "ead3" else _documents()
    return {
        identifier: canonical(etree.fromstring(BY_PREFIX[prefix].render(each) or b""))
        for identifier, each in held
        if not spec or spec in each.sets
    }


def _documents() -> Iterator[tuple[str, Any]]:
    for each in describe(Document.objects.public().values_list("pk", flat=True)):
        yield each.identifier, each


def _units() -> Iterator[tuple[str, Any]]:
    for each in describe_units(ArchivalUnit.objects.values_list("pk", flat=True)):
        yield Kind.UNIT.identifier(each.identifier), each


def canonical(element: etree._Element) -> bytes:
    """An element in one form, wherever it stands."""
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
