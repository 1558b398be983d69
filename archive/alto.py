"""ALTO: the lines and words of a page and their places, in the format of libraries (version 4.4).

Pure, for whoever shows or packs pages. Places are in pixels of the page image, from its upper left corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from archive.description import LineDescription, PageDescription
from archive.vocab.characters import legal

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
MEDIA_TYPE = "application/xml"

#: Of ALTO's ``LANG``; one of three letters with a country is none.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def alto_of(pages: Iterable[PageDescription], *, file_name: str = "") -> bytes:
    """An ALTO file of pages, numbered as they come; ``file_name`` is the address of the image, where there is one."""
    body = "".join(line for number, page in enumerate(pages, start=1) for line in _page(number, page))
    source = f"<sourceImageInformation><fileName>{_text(file_name)}</fileName></sourceImageInformation>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<alto xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}" SCHEMAVERSION="4.4">\n'
        f"<Description><MeasurementUnit>pixel</MeasurementUnit>{source if file_name else ''}</Description>\n"
        f"<Layout>\n{body}</Layout>\n</alto>\n"
    ).encode()


def _page(number: int, page: PageDescription) -> Iterator[str]:
    whole = f'HPOS="0" VPOS="0" WIDTH="{page.width}" HEIGHT="{page.height}"'
    yield f'<Page ID="page{number}" PHYSICAL_IMG_NR="{number}" HEIGHT="{page.height}" WIDTH="{page.width}">'
    yield f"<PrintSpace {whole}>\n"
    if page.lines:
        language = f' LANG="{page.language}"' if _LANGUAGE.fullmatch(page.language) else ""
        yield f'<TextBlock ID="page{number}.block" {whole}{language}>\n'
        for at, line in enumerate(page.lines, start=1):
            yield _line(f"page{number}.line{at}", line)
        yield "</TextBlock>"
    yield "</PrintSpace></Page>\n"


def _line(name: str, line: LineDescription) -> str:
    """A line; where nobody knows the places of its words, the whole of it is one string."""
    place = _place(line.x, line.y, line.width, line.height)
    return f'<TextLine ID="{name}" {place}>{"".join(_strings(line))}</TextLine>\n'


def _strings(line: LineDescription) -> Iterator[str]:
    """The words, with a space between two where the line has one; Chinese has none."""
    end = 0
    for each in line.words or (line,):
        start = line.text.find(each.text, end)
        if end and start != end:
            yield "<SP/>"
        yield f"<String CONTENT={_attribute(each.text)} {_place(each.x, each.y, each.width, each.height)}/>"
        end = max(start, end) + len(each.text)


def _place(x: int, y: int, width: int, height: int) -> str:
    return f'HPOS="{x}" VPOS="{y}" WIDTH="{width}" HEIGHT="{height}"'


def _attribute(text: str) -> str:
    return quoteattr(legal(text))


def _text(text: str) -> str:
    return quoteattr(legal(text))[1:-1]
