"""Words of EAD elements: paragraphs stay apart, line breaks that the file has for its own sake go."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

#: Elements that begin and end a paragraph.
_BLOCKS = frozenset(
    {
        *("addressline", "bibref", "blockquote", "chronitem", "chronitemset", "citation", "defitem", "descriptivenote"),
        *("dimensions", "event", "head", "indexentry", "item", "legalstatus", "listhead", "p", "physfacet"),
        *("quantity", "relationentry", "row", "unittype"),
        *("author", "edition", "publisher", "sponsor", "subtitle", "titleproper"),
    }
)
#: Of these, elements that stand in one line with their neighbours.
_IN_LINE = frozenset({"quantity", "unittype", "dimensions", "physfacet"})
_SPACE = re.compile(r"\s+")
#: XML 1.0, section 2.2, lets these in, and nothing can show them.
_UNSEEN = re.compile("[\x7f-\x84\x86-\x9f]")


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The elements directly below, of these names if any are named."""
    for child in element:
        if (name := local(child)) and (not names or name in names):
            yield child


def below(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The elements of these names anywhere below, in order."""
    return (each for each in element.iterdescendants() if local(each) in names)


def line(element: etree._Element) -> str:
    """The words of an element as one line."""
    return " ".join(paragraphs(element))


def text(element: etree._Element, *, without: str = "") -> str:
    """The words of an element, its paragraphs parted by blank lines; ``without`` names children left out."""
    return "\n\n".join(paragraphs(element, without=without))


def paragraphs(element: etree._Element, *, without: str = "") -> list[str]:
    """The paragraphs of an element, each as one line."""
    pieces: list[str] = []
    _gather(element, pieces, without)
    stretches = (_SPACE.sub(" ", _UNSEEN.sub("", each)).strip() for each in "".join(pieces).split("\x00"))
    return [each for each in stretches if each]


def verbatim(element: etree._Element) -> str:
    """The words of an element as they stand, line breaks and all."""
    return "".join(str(each) for each in element.itertext(etree.Element)).strip()


def _unwritten(element: etree._Element) -> str:
    """What a date without words says by its attribute: the years of a life in a name."""
    empty = local(element) == "date" and not len(element)
    return element.get("normal", "").replace("/", "-") if empty else ""


def _gather(element: etree._Element, pieces: list[str], without: str) -> None:
    """Collect words in order, with a NUL, which XML cannot hold, wherever a paragraph begins or ends."""
    pieces.append(element.text or _unwritten(element))
    for child in element:
        name = local(child)
        if name and name != without:
            edge = " " if name in _IN_LINE or name == "part" else "\x00" if name in _BLOCKS else ""
            pieces.append(edge or (" " if name == "lb" else ""))
            _gather(child, pieces, "")
            pieces.append(edge)
        pieces.append(child.tail or "")
