"""Annotation pages: the lines of a page, each at its place, made of the row of the page when they are asked for.

Each line supplements what is painted (Presentation 3, section 5.6), and says that it is a line (the extension Text
Granularity, section 2).
"""

from __future__ import annotations

from typing import Any

from archive.description import LineDescription, PageDescription
from iiif.presentation import addresses
from iiif.presentation.words import in_english

CONTEXT = [
    "http://iiif.io/api/extension/text-granularity/context.json",
    "http://iiif.io/api/presentation/3/context.json",
]


def lines_of(identifier: str, page: PageDescription) -> dict[str, Any]:
    """The annotation page of a page of the document with this identifier."""
    canvas = addresses.canvas(identifier, page.identifier)
    return {
        "@context": CONTEXT,
        "id": addresses.lines(page.identifier),
        "type": "AnnotationPage",
        "label": in_english("Lines of the text"),
        "items": [
            {
                "id": f"{canvas}/line/{number}",
                "type": "Annotation",
                "motivation": "supplementing",
                "textGranularity": "line",
                "body": {
                    "type": "TextualBody",
                    "value": line.text,
                    "format": "text/plain",
                    **({"language": page.language} if page.language else {}),
                },
                "target": _target(canvas, line),
            }
            for number, line in enumerate(page.lines, start=1)
        ],
    }


def list_of(identifier: str, page: PageDescription) -> dict[str, Any]:
    """The same for viewers of Presentation 2.1, which read Open Annotation."""
    canvas = addresses.canvas(identifier, page.identifier)
    return {
        "@context": "http://iiif.io/api/presentation/2/context.json",
        "@id": addresses.lines_2(page.identifier),
        "@type": "sc:AnnotationList",
        "resources": [
            {
                "@id": f"{canvas}/line/{number}",
                "@type": "oa:Annotation",
                "motivation": "sc:painting",
                "resource": {
                    "@type": "cnt:ContentAsText",
                    "format": "text/plain",
                    "chars": line.text,
                    **({"language": page.language} if page.language else {}),
                },
                "on": _target(canvas, line),
            }
            for number, line in enumerate(page.lines, start=1)
        ],
    }


def _target(canvas: str, line: LineDescription) -> str:
    return f"{canvas}#xywh={line.x},{line.y},{line.width},{line.height}"
