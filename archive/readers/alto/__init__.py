"""Reads ALTO, versions 1 to 4: the words of scanned pages and where they stand.

https://www.loc.gov/standards/alto/. Files that differ in their last number alone are the pages of one document.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.drafts import Draft
from archive.readers.alto.description import description_of
from archive.readers.alto.layout import sheet_of
from archive.readers.refused import BrokenSource
from archive.readers.scans import belonging
from archive.readers.scans.transcription import Making, Sheet, draft_of
from archive.readers.scans.volumes import volume
from archive.readers.source import Source
from archive.readers.xml_safety import iterparse, root_of


class Alto:
    """ALTO; see the module."""

    name = "alto"
    version = "1"

    def recognises(self, source: Source) -> bool:
        """Whether the root element is ALTO's; version 1 had no namespace."""
        name = root_of(source)
        if not name:
            return False
        root = etree.QName(name)
        return root.localname.casefold() == "alto" and (not root.namespace or "alto" in root.namespace)

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
            raise BrokenSource(f"{source.name} is ALTO without a single Page. Export it again and hand it in anew.")
        title = belonging.base(source.name) if len(files) > 1 else ""
        yield draft_of(source, sheets, read[0][1], title=title)


def _read(source: Source) -> tuple[list[Sheet], Making]:
    """The pages of one file, and how they were made. ``Description`` comes before ``Layout``."""
    described = description_of(None)
    sheets: list[Sheet] = []
    parts = iterparse(source, "{*}Description", "{*}Page")
    for _, element in parts:
        if etree.QName(element).localname == "Description":
            described = description_of(element)
        else:
            sheets.append(sheet_of(element, source, described, number=len(sheets) + 1))
        parts.release(element)
    return sheets, described.making
