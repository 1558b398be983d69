"""Reads PAGE XML of 2013 to 2019: the words of scanned pages and where they stand.

https://github.com/PRImA-Research-Lab/PAGE-XML. One file is one page. Files that differ in their last number alone
are the pages of one document. Nothing is held against the schema: Transkribus writes a node into ``Metadata`` that
no schema knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.drafts import Draft
from archive.readers.page_xml.layout import sheet_of
from archive.readers.page_xml.making import making_of, with_confidence
from archive.readers.refused import BrokenSource
from archive.readers.scans import belonging
from archive.readers.scans.transcription import Making, Sheet, draft_of
from archive.readers.scans.volumes import volume
from archive.readers.source import Source
from archive.readers.xml_safety import iterparse, root_of

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/"


class PageXml:
    """PAGE XML; see the module."""

    name = "page_xml"
    version = "2"

    def recognises(self, source: Source) -> bool:
        """Whether the root element is ``PcGts`` of any year's schema."""
        root = root_of(source)
        return root.startswith(f"{{{NAMESPACE}") and root.endswith("}PcGts")

    def read(self, source: Source) -> Iterator[Draft]:
        """The one document of a file, or of a series of files.

        :raises Companion: the file is a later page of a document.
        :raises HostileSource: as archive.readers.xml_safety.
        :raises BrokenSource: it is not well-formed, or holds no page.
        """
        files = volume(source, self.recognises)
        read = [_read(each) for each in files]
        sheets = [sheet for found, _ in read for sheet in found]
        if not sheets:
            raise BrokenSource(f"{source.name} is PAGE XML without a Page. Export it again and hand it in anew.")
        title = belonging.base(source.name) if len(files) > 1 else ""
        yield draft_of(source, sheets, read[0][1], title=title)


def _read(source: Source) -> tuple[list[Sheet], Making]:
    """The page of a file, and how it was made."""
    making = Making()
    sheets: list[Sheet] = []
    parts = iterparse(source, "{*}Metadata", "{*}Page")
    for _, element in parts:
        if etree.QName(element).localname == "Metadata":
            making = making_of(element)
        else:
            making = with_confidence(making, element)
            sheets.append(sheet_of(element, source))
            _take_along(element, source)
        parts.release(element)
    return sheets, making


def _take_along(page: etree._Element, source: Source) -> None:
    """Take other images of the same page along: black and white ones, say. They are no documents of their own."""
    for other in page.iterchildren("{*}AlternativeImage"):
        source.neighbour(belonging.last((other.get("filename") or "").replace("\\", "/")))
