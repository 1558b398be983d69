"""How a PAGE XML file was made, as its ``Metadata`` and the confidence beside its words tell."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from archive.readers.scans.transcription import Making


def making_of(metadata: etree._Element) -> Making:
    """By a machine, where a step of recognition is named; who made the file, in any case."""
    creator = (metadata.findtext("{*}Creator") or "").strip()
    for item in metadata.iterchildren("{*}MetadataItem"):
        if item.get("type") == "processingStep" and "recogni" in (item.get("name") or "").casefold():
            return Making("machine", (item.get("value") or creator).strip())
    return Making("", creator)


def with_confidence(making: Making, page: etree._Element) -> Making:
    """The same; by a machine, where a confidence stands beside a line or a word: people give none."""
    if making.method:
        return making
    sure = (text.get("conf") for line in page.iter("{*}TextLine") for text in line.iter("{*}TextEquiv"))
    return replace(making, method="machine") if any(sure) else making
