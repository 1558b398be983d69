"""Elements of TEI: their names, their words, and where they stand.

The line layout of an XML file is not part of its text: any white space counts as one blank, in values and in the
verbatim form alike. Otherwise the words are kept letter for letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from lxml import etree

from archive.drafts import Field, Value

V = TypeVar("V", bound=Value)

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
ID, LANG, BASE = f"{{{_XML}}}id", f"{{{_XML}}}lang", f"{{{_XML}}}base"

_WHITE = " \t\r\n"


def tei(name: str) -> str:
    """The full name of an element of TEI P5."""
    return f"{{{NAMESPACE}}}{name}"


NOTE, DIV, TEXT, HEAD = tei("note"), tei("div"), tei("text"), tei("head")


def local(element: etree._Element) -> str:
    """The element's name without its namespace: projects bring their own (``frus:attachment``)."""
    return element.tag.rpartition("}")[2]


def is_document(element: etree._Element) -> bool:
    """Whether the element is a document of a volume: ``div[@type='document']``."""
    return element.tag == DIV and element.get("type") == "document"


def own(document: etree._Element, *tags: str, attached: bool = False) -> Iterator[etree._Element]:
    """The elements of a document itself: not of documents within it, nor, unless asked for, of what is attached."""
    return (each for each in document.iter(*tags) if not _of_another(each, document, attached))


def _of_another(element: etree._Element, document: etree._Element, attached: bool) -> bool:
    for each in (element, *element.iterancestors()):
        if each is document:
            return False
        if is_document(each) or (not attached and each.tag.endswith(("}attachment", "}floatingText"))):
            return True
    return False


def squeezed(text: str) -> str:
    """The text with one blank for any white space, and none around it."""
    # Bytes split at the white space of XML alone; a non-breaking space is a letter of the text.
    return b" ".join(text.encode().split()).decode()


def layout(text: str) -> bool:
    """Whether a text at the edge of an element is there for the look of the file: a line end and its indentation."""
    return "\n" in text and not text.strip(_WHITE)


def content(element: etree._Element) -> str:
    """All text in an element, white space and notes included."""
    return "".join(element.itertext())  # type: ignore[arg-type]


def attributes(element: etree._Element) -> dict[str, str]:
    """The attributes of an element by their full names."""
    return {str(name): str(value) for name, value in element.attrib.items()}


def words(element: etree._Element, *, notes: bool = False) -> str:
    """What an element says, editors' notes left out unless they are asked for."""
    if not len(element):
        return squeezed(element.text or "")
    return squeezed("".join(_spoken(element, notes)))


def _spoken(element: etree._Element, notes: bool) -> Iterator[str]:
    if not len(element) or not layout(element.text or ""):
        yield element.text or ""
    for child in element:
        if notes or child.tag != NOTE:
            yield from _spoken(child, notes)
        if child.getnext() is not None or not layout(child.tail or ""):
            yield child.tail or ""


def locator(element: etree._Element) -> str:
    """Where an element stands: an XPath from the nearest element with an ``xml:id``, and the line of the file."""
    steps: list[str] = []
    each: etree._Element | None = element
    while each is not None:
        name, key = local(each), each.get(ID)
        if key:
            steps.append(f"//{name}[@xml:id='{key}']")
            break
        before = len(list(each.itersiblings(each.tag, preceding=True)))
        steps.append(f"{name}[{before + 1}]" if before else name)
        each = each.getparent()
    path = "/".join(reversed(steps))
    return f"{path if path.startswith('//') else f'/{path}'}, line {element.sourceline}"


def said(value: V, element: etree._Element, *, verbatim: str | None = None, inferred: str = "") -> Field[V]:
    """A field that was read from an element; its verbatim form is the element's words, unless another is given."""
    return Field(value, words(element) if verbatim is None else verbatim, None, locator(element), inferred)
