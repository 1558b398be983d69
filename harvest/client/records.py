"""Records as a repository gives them: header, metadata, and what it tells of where they came from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

OAI = "http://www.openarchives.org/OAI/2.0/"
PROVENANCE = "http://www.openarchives.org/OAI/2.0/provenance"
#: Section 3.3: a day, or a second in UTC.
DATESTAMP = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)
#: How far back a chain of origins is kept.
_ORIGINS = 10


def oai(name: str) -> str:
    """The full name of an element of OAI-PMH."""
    return f"{{{OAI}}}{name}"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a page. ``content`` is the element ``record`` on its own; empty where it is deleted.

    ``digest`` is the SHA-256 of the metadata in canonical form; ``origins`` as in ``HarvestedRecord``.
    """

    identifier: str
    datestamp: str
    deleted: bool
    content: bytes = b""
    digest: str = ""
    namespace: str = ""
    origins: tuple[dict[str, Any], ...] = ()

    @property
    def problem(self) -> str:
        """Why this record cannot be taken in; empty if nothing stands against it."""
        if not self.identifier:
            return "The record's header has no identifier."
        if len(self.identifier) > 500:
            return "The record's identifier has more than 500 characters."
        if not DATESTAMP.fullmatch(self.datestamp):
            forms = "2020-01-31 and 2020-01-31T12:00:00Z"
            return f"The record's datestamp is {self.datestamp[:40]!r}; section 3.3 of OAI-PMH has {forms}."
        if not (self.deleted or self.digest):
            return "The record has no metadata, and is not deleted either."
        return ""


def record_of(element: etree._Element) -> Record:
    """The record that an element is."""
    header = element.find(oai("header"))
    identifier = "" if header is None else " ".join(header.findtext(oai("identifier"), "").split())
    datestamp = "" if header is None else header.findtext(oai("datestamp"), "").strip()
    if header is not None and header.get("status") == "deleted":
        return Record(identifier, datestamp, deleted=True)
    metadata = element.find(f"{oai('metadata')}/*")
    if metadata is None:
        return Record(identifier, datestamp, deleted=False)
    element.tail = None
    return Record(
        identifier,
        datestamp,
        deleted=False,
        content=etree.tostring(element, encoding="UTF-8", xml_declaration=True),
        digest=hashlib.sha256(etree.tostring(metadata, method="c14n", with_tail=False)).hexdigest(),
        namespace=etree.QName(metadata).namespace or "",
        origins=tuple(_origins(element)),
    )


def _origins(element: etree._Element) -> list[dict[str, Any]]:
    """The chain of originDescription in the record's ``about``, the nearest first (guidelines for provenance)."""
    found: list[dict[str, Any]] = []
    description = element.find(f"{oai('about')}/{{{PROVENANCE}}}provenance/{_of('originDescription')}")
    while description is not None and len(found) < _ORIGINS:
        found.append(
            {
                "base_url": _words(description, "baseURL"),
                "identifier": _words(description, "identifier"),
                "datestamp": _words(description, "datestamp"),
                "metadata_namespace": _words(description, "metadataNamespace"),
                "harvest_date": str(description.get("harvestDate", ""))[:500],
                "altered": description.get("altered") != "false",
            }
        )
        description = description.find(_of("originDescription"))
    return found


def _of(name: str) -> str:
    return f"{{{PROVENANCE}}}{name}"


def _words(description: etree._Element, name: str) -> str:
    return " ".join(description.findtext(_of(name), "").split())[:500]
