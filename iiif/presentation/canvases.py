"""Canvases: one for each page, with its image, and where its lines are found.

Where a document has scans without lines, and a text with as many pages, what is typeset of it and the scan are two
images of one page: they share a canvas, and a viewer lets its user choose. It has the extent of the typeset page,
because that is where the lines stand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from archive import alto, uris
from archive.description import Description, PageDescription
from archive.uris import PageImage
from iiif.presentation import addresses
from iiif.presentation.plain_text import name_of
from iiif.presentation.words import LanguageMap, in_english, in_every_language

#: Longest side of a thumbnail, in pixels.
THUMBNAIL = 300
#: How much two images of one page may differ in their proportions.
UNLIKE = 0.15


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one canvas shows: a page, and a scan of the same, if there is one apart."""

    page: PageDescription
    scan: PageDescription | None = None


def leaves_of(description: Description) -> list[Leaf]:
    """The pages of a document in order, scan and typeset page together where they are of one page."""
    paired = _paired(description)
    seconds = {id(typeset) for _, typeset in paired}
    of_scan = {id(scan): typeset for scan, typeset in paired}
    return [
        Leaf(of_scan[id(page)], page) if id(page) in of_scan else Leaf(page)
        for page in description.pages
        if id(page) not in seconds
    ]


def _paired(description: Description) -> list[tuple[PageDescription, PageDescription]]:
    """Scans with the typeset pages of the first text that has the same number of pages, in its own words and as set."""
    scans = [page for page in description.pages if page.kind == "scan"]
    if not scans or any(page.lines for page in scans):
        return []
    for text in description.texts:
        typeset = [page for page in description.pages if page.kind == "typeset" and page.text_key == text.key]
        written = len(text.body.strip("\n").split("\f"))
        if text.kind == "translation" or not len(scans) == len(typeset) == written:
            continue
        pairs = list(zip(scans, typeset, strict=True))
        if all(_alike(*pair) for pair in pairs):
            return pairs
    return []


def _alike(scan: PageDescription, typeset: PageDescription) -> bool:
    return abs(scan.width * typeset.height / (scan.height * typeset.width) - 1) <= UNLIKE


def canvases_of(description: Description, leaves: list[Leaf]) -> list[dict[str, Any]]:
    """The canvases of a document, text after text."""
    labels = _labels(description, leaves)
    return [_canvas(description.identifier, leaf, label) for leaf, label in zip(leaves, labels, strict=True)]


def thumbnail_of(page: PageDescription) -> dict[str, Any]:
    """A small image of a page, with the service that makes others."""
    return thumbnail(page.identifier, page.file, page.width, page.height)


def thumbnail(page: str, file: str, across: int, down: int) -> dict[str, Any]:
    """The same, of a page with this image file that is so many pixels across and down."""
    service = uris.image_service(page, file)
    return _image(service, uris.page_image_within(THUMBNAIL, service, across, down))


def _labels(description: Description, leaves: list[Leaf]) -> list[LanguageMap]:
    """``1``, ``2`` where there is one text; ``translation 1`` where pages of several texts follow each other."""
    kinds = {text.key: text.label for text in description.texts}
    several = len({leaf.page.text_key for leaf in leaves}) > 1
    counted: Counter[int | None] = Counter()
    labels = []
    for leaf in leaves:
        key = leaf.page.text_key
        counted[key] += 1
        kind = kinds.get(key, "") if key and several else ""
        labels.append(in_english(f"{kind} {counted[key]}") if kind else in_every_language(str(counted[key])))
    return labels


def _canvas(identifier: str, leaf: Leaf, label: LanguageMap) -> dict[str, Any]:
    page = leaf.page
    address = addresses.canvas(identifier, page.identifier)
    return {
        "id": address,
        "type": "Canvas",
        "label": label,
        "height": page.height,
        "width": page.width,
        "thumbnail": [thumbnail_of(leaf.scan or page)],
        **({"seeAlso": [_words_of(page)]} if page.lines else {}),
        "items": [
            {
                "id": f"{address}/images",
                "type": "AnnotationPage",
                "items": [
                    {
                        "id": f"{address}/image",
                        "type": "Annotation",
                        "motivation": "painting",
                        "body": _body(leaf),
                        "target": address,
                    }
                ],
            }
        ],
        **({"annotations": [_lines(page)]} if page.lines else {}),
    }


def _body(leaf: Leaf) -> dict[str, Any]:
    if leaf.scan is None:
        return _whole(leaf.page)
    labelled = [(leaf.scan, in_english("Scan")), (leaf.page, in_english("Typeset from the transcript"))]
    return {"type": "Choice", "items": [{**_whole(page), "label": label} for page, label in labelled]}


def _whole(page: PageDescription) -> dict[str, Any]:
    service = uris.image_service(page.identifier, page.file)
    return _image(service, uris.page_image(service, page.width, page.height))


def _image(service: str, image: PageImage) -> dict[str, Any]:
    kind, profile = addresses.image_service_type()
    named = {"id": service, "type": kind} if kind == "ImageService3" else {"@id": service, "@type": kind}
    return {
        "id": image.address,
        "type": "Image",
        "format": "image/jpeg",
        "height": image.height,
        "width": image.width,
        "service": [{**named, "profile": profile}],
    }


def _lines(page: PageDescription) -> dict[str, Any]:
    """Where the lines of a page are found. They stay out of the manifest, which would be ten times as long."""
    return {"id": addresses.lines(page.identifier), "type": "AnnotationPage", "label": in_english("Lines of the text")}


def _words_of(page: PageDescription) -> dict[str, Any]:
    """The page's lines and words for programs; ALTO's own address for it tells them what it is."""
    return {
        "id": addresses.alto(page.identifier),
        "type": "Dataset",
        "label": in_english("Lines and words with their places (ALTO)"),
        "format": alto.MEDIA_TYPE,
        "profile": alto.NAMESPACE,
    }


def ranges_of(description: Description, leaves: list[Leaf]) -> list[dict[str, Any]]:
    """The parts of a document that has several, each text and the scans before them; none of a document of one."""
    parts: dict[int | None, list[str]] = {}
    for leaf in leaves:
        address = addresses.canvas(description.identifier, leaf.page.identifier)
        parts.setdefault(leaf.page.text_key, []).append(address)
    if len(parts) < 2:
        return []
    names: dict[int | None, str] = {text.key: name_of(text) for text in description.texts}
    return [
        {
            "id": addresses.range_of(description.identifier, number),
            "type": "Range",
            "label": in_english(names.get(key, "Scans")),
            "items": [{"id": canvas, "type": "Canvas"} for canvas in canvases],
        }
        for number, (key, canvases) in enumerate(parts.items(), start=1)
    ]
