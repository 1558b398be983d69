"""The page images, to which the page breaks of the texts point (TEI P5, chapter 12)."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import Description
from harvest.formats import markup
from harvest.formats.trees import Element, around, element
from harvest.formats.views import views_of

_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _name(description: Description, number: int) -> str:
    """The id of a page: unlike any of another document, because a list of records is one XML document."""
    return f"d-{description.identifier}-page-{number}"


def facsimile(description: Description) -> Iterator[Element]:
    """``<facsimile>`` with a surface for each page; nothing without images."""
    surfaces = []
    for number, view in enumerate(views_of(description), start=1):
        size = {
            name: f"{value}px" for name, value in (("width", view.page.width), ("height", view.page.height)) if value
        }
        graphic = element("graphic", url=markup.address(view.image), mimeType="image/jpeg", **size)
        surfaces.append(Element("surface", "", "", {_ID: _name(description, number), "n": str(number)}, (graphic,)))
    if surfaces:
        yield around("facsimile", surfaces)


def pages_of_texts(description: Description) -> dict[int, list[str]]:
    """Pointers to the pages of each text, in their order, by the text's key."""
    found: dict[int, list[str]] = {}
    for number, view in enumerate(views_of(description), start=1):
        if view.page.text_key is not None:
            found.setdefault(view.page.text_key, []).append(f"#{_name(description, number)}")
    return found
