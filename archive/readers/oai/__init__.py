"""Reads one record of OAI-PMH, as ``harvest.client`` keeps it: the element ``record`` with its header and metadata.

The metadata is Dublin Core, simple (``oai_dc``) or qualified. A document is known again by the OAI identifier of its
record (OAI-PMH 2.0, section 2.4), which is the same for every prefix under which a repository offers the item.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.drafts import Draft, Identity, Notice, Title
from archive.readers.oai.dublin_core import fields_of
from archive.readers.oai.elements import DESCRIPTIONS, Element, elements_of
from archive.readers.refused import BrokenSource
from archive.readers.source import Source
from archive.readers.xml_safety import iterparse, root_of

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
RECORD = f"{{{NAMESPACE}}}record"
#: The scheme of a harvested document's identity.
SCHEME = "oai"


class OaiRecordReader:
    """A record of OAI-PMH; see the module."""

    name = "oai_record"
    version = "1"

    def recognises(self, source: Source) -> bool:
        """Whether the root is ``record`` of OAI-PMH 2.0."""
        return root_of(source) == RECORD

    def read(self, source: Source) -> Iterator[Draft]:
        """The document that the record describes."""
        record = [element for _, element in iterparse(source, RECORD)][-1]
        fields = tuple(fields_of(_elements(record, source)))
        titled = any(isinstance(each.value, Title) for each in fields)
        notices = () if titled else (Notice("The record gives no title of the document."),)
        yield Draft(Identity(SCHEME, _identifier(record, source)), fields, notices=notices)


def _identifier(record: etree._Element, source: Source) -> str:
    identifier = record.findtext(f"{{{NAMESPACE}}}header/{{{NAMESPACE}}}identifier", "").strip()
    if not identifier:
        raise BrokenSource(f"{source.name} is a record of OAI-PMH whose header has no identifier.")
    return identifier


def _elements(record: etree._Element, source: Source) -> list[Element]:
    """What the record says, where it is in a format that is read here.

    :raises BrokenSource: the record is deleted, or in another format.
    """
    metadata = record.find(f"{{{NAMESPACE}}}metadata/*")
    if metadata is None:
        raise BrokenSource(f"{source.name} is a record of OAI-PMH without metadata: there is no document in it.")
    if metadata.tag not in DESCRIPTIONS:
        raise BrokenSource(
            f"{source.name} is a record whose metadata begins with {metadata.tag}. "
            "Of records, Dublin Core is read, simple and qualified: harvest oai_dc, which every repository offers."
        )
    return elements_of(metadata)
