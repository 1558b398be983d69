"""The text of a document as plain text, of which no word is lost.

A paragraph, heading, opener or closer stands apart; items, rows, verses, signatures and line breaks begin a line; the
cells of a row are parted by ``|``; a page break is a form feed. What editors encoded stands in square brackets, as
editions write it: ``[supplied]``, ``teh [the]`` (choice), ``teh [sic]``, ``word [?]`` (unclear), ``[illegible]`` or
``[...]`` (gap), ``[deleted: word]``. Notes have their number where they stand, and their text at the end.

Out of the text stay what is no text of the document: its source note, lists of persons and places, facsimiles, and
documents that are documents of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from lxml import etree

from archive.readers.tei.markup import NOTE, is_document, layout, squeezed, tei, words


def _tags(names: str) -> frozenset[str]:
    return frozenset(map(tei, names.split()))


_BLOCKS = _tags(
    "p ab div div1 div2 div3 div4 div5 div6 div7 head opener closer postscript trailer byline table lg "
    "argument epigraph floatingText titlePage docTitle"
)
_LINES = _tags("item row l dateline address addrLine titlePart docImprint cb fw sp stage")
#: Not text of the document.
_APART = _tags("teiHeader facsimile sourceDoc standOff listPerson listPlace listOrg listEvent graphic")
_FOREIGN_APART = ("file", "pdf", "page-count-according-to-citation", "problem")
_ITEM, _LABEL, _CELL, _PB, _PARAGRAPH = map(tei, ("item", "label", "cell", "pb", "p"))
_BACK = tei("back")
#: Within one of these a segment, a greeting, a signature is a line of its own: "secret", "No. 25".
_SEGMENTED = _tags("opener closer dateline")
_CHOICES = (("sic", "corr"), ("orig", "reg"), ("abbr", "expan"))

#: Breaks, while a text is being written: characters that no XML can hold.
_PARAGRAPH_BREAK, _LINE_BREAK, _PAGE_BREAK = "\x01", "\x02", "\x03"
#: One or several in one place. It begins with a set of letters, to which the engine can leap: a third of the time.
_BREAKS = re.compile(r"[\x01-\x03][\x01-\x03 ]*")
_WHITE = " \t\r\n"


class Rendering:
    """The rendering of one document: call ``text`` once."""

    def __init__(self, root: etree._Element, *, skipped: frozenset[etree._Element] = frozenset()) -> None:
        self._root = root
        self._skipped = skipped
        self._notes = tuple(each for each in root.iter(NOTE) if not _is_source(each) and not _is_inline(each))
        self._marks = _marks(self._notes)
        self._written: list[str] = []

    def text(self, *parts: etree._Element) -> str:
        """The text of the elements, with all notes of the document after it; empty if there is nothing to read."""
        for part in parts or (self._root,):
            self._block(part)
        body = _laid_out(self._written)
        notes = "\n".join(f"[{mark}] {self._note(note)}" for note, mark in self._marks.items())
        return "\n\n".join(each for each in (body, notes) if each)

    def _note(self, note: etree._Element) -> str:
        self._written = []
        self._inside(note)
        return _laid_out(self._written).replace("\f", "\n")

    def _inside(self, element: etree._Element) -> None:
        write = self._written.append
        if element.text and not (layout(element.text) and len(element)):
            write(element.text)
        child = None
        for child in element:
            self._element(child)
            if child.tail:
                write(child.tail)
        if child is not None and child.tail and layout(child.tail):
            self._written.pop()

    def _element(self, element: etree._Element) -> None:
        tag = element.tag
        special = _SPECIAL.get(tag)
        if element in self._skipped or tag in _APART or (element is not self._root and is_document(element)):
            return
        if special is not None:
            special(self, element)
        elif tag in _BLOCKS or tag.endswith("}attachment"):
            self._block(element)
        elif tag in _LINES:
            self._line(element)
        elif not tag.endswith(_FOREIGN_APART):
            self._inside(element)

    def _block(self, element: etree._Element) -> None:
        self._written.append(_PARAGRAPH_BREAK)
        self._inside(element)
        self._written.append(_PARAGRAPH_BREAK)

    def _line(self, element: etree._Element) -> None:
        after_label = element.tag == _ITEM and _before(element) == _LABEL
        self._written.append(" " if after_label else _LINE_BREAK)
        self._inside(element)
        self._written.append(_LINE_BREAK)

    def _label(self, element: etree._Element) -> None:
        self._written.append(_LINE_BREAK)
        self._inside(element)

    def _segment(self, element: etree._Element) -> None:
        parent = element.getparent()
        if parent is not None and parent.tag in _SEGMENTED:
            self._line(element)
        else:
            self._inside(element)

    def _list(self, element: etree._Element) -> None:
        parent = element.getparent()
        inner = parent is not None and parent.tag in (_ITEM, _PARAGRAPH)
        self._written.append(_LINE_BREAK if inner else _PARAGRAPH_BREAK)
        self._inside(element)
        self._written.append(_LINE_BREAK if inner else _PARAGRAPH_BREAK)

    def _bibliography(self, element: etree._Element) -> None:
        """In the back matter it is the edition's list of the works that it names, as others list persons."""
        parent = element.getparent()
        if parent is None or parent.tag != _BACK:
            self._block(element)

    def _quote(self, element: etree._Element) -> None:
        if element.get("rend") == "blockquote" or next(element.iterchildren(_PARAGRAPH), None) is not None:
            self._block(element)
        else:
            self._inside(element)

    def _cell(self, element: etree._Element) -> None:
        if _before(element) == _CELL:
            self._written.append(" | ")
        self._inside(element)

    def _break(self, element: etree._Element) -> None:
        if element.get("break") != "no":
            self._written.append(_PAGE_BREAK if element.tag == _PB else _LINE_BREAK)

    def _space(self, _: etree._Element) -> None:
        self._written.append(" ")

    def _note_mark(self, element: etree._Element) -> None:
        mark = self._marks.get(element)
        if mark is not None:
            self._take_back_blank()
            self._written.append(f"[{mark}]")
        elif not _is_source(element):
            self._block(element)

    def _take_back_blank(self) -> None:
        """A note follows its word without a blank, though the lines of the file part them."""
        if self._written:
            self._written[-1] = self._written[-1].rstrip(_WHITE)

    def _choice(self, element: etree._Element) -> None:
        for first, second in _CHOICES:
            one, other = element.find(tei(first)), element.find(tei(second))
            if one is not None and other is not None:
                self._inside(one)
                self._bracketed(other, before=" ")
                return
        self._inside(element)

    def _bracketed(self, element: etree._Element, *, before: str = "", label: str = "") -> None:
        self._written.append(f"{before}[{label}")
        self._inside(element)
        self._written.append("]")

    def _supplied(self, element: etree._Element) -> None:
        self._bracketed(element)

    def _deleted(self, element: etree._Element) -> None:
        self._bracketed(element, label="deleted: ")

    def _sic(self, element: etree._Element) -> None:
        self._inside(element)
        self._written.append(" [sic]")

    def _unclear(self, element: etree._Element) -> None:
        self._inside(element)
        self._written.append(" [?]")

    def _gap(self, element: etree._Element) -> None:
        told = words(element, notes=True) or element.get("reason", "")
        extent = " ".join(filter(None, (element.get("quantity"), element.get("unit")))) or element.get("extent", "")
        self._written.append(f"[{', '.join(filter(None, (told, extent))) or '...'}]")

    def _pointer(self, element: etree._Element) -> None:
        if element.text or len(element) or not element.get("target"):
            self._inside(element)
        else:
            self._written.append(f"[{element.get('target')}]")

    def _hand(self, element: etree._Element) -> None:
        hand = (element.get("new") or element.get("scribe") or element.get("medium") or "").removeprefix("#")
        self._written.append(f"[in another hand{f': {hand}' if hand else ''}]")


_SPECIAL: dict[str, Callable[[Rendering, etree._Element], None]] = {
    tei(name): method
    for names, method in (
        ("note", Rendering._note_mark),
        ("pb lb", Rendering._break),
        ("label", Rendering._label),
        ("seg signed salute", Rendering._segment),
        ("list", Rendering._list),
        ("listBibl", Rendering._bibliography),
        ("quote", Rendering._quote),
        ("cell", Rendering._cell),
        ("space", Rendering._space),
        ("choice", Rendering._choice),
        ("supplied", Rendering._supplied),
        ("del", Rendering._deleted),
        ("sic", Rendering._sic),
        ("unclear", Rendering._unclear),
        ("gap", Rendering._gap),
        ("ref ptr", Rendering._pointer),
        ("handShift", Rendering._hand),
    )
    for name in names.split()
}


def _is_source(note: etree._Element) -> bool:
    return note.get("type") == "source"


def _is_inline(note: etree._Element) -> bool:
    return "inline" in (note.get("rend"), note.get("place"))


def _marks(notes: tuple[etree._Element, ...]) -> dict[etree._Element, str]:
    """The number of each note: its own if every note has one of its own, else one after the other."""
    own = [note.get("n", "") for note in notes]
    if all(own) and max(Counter(own).values(), default=1) == 1:
        return dict(zip(notes, own, strict=True))
    return {note: str(number) for number, note in enumerate(notes, start=1)}


def _before(element: etree._Element) -> str:
    """The tag of the element before it; page breaks do not count."""
    tags = (each.tag for each in element.itersiblings(preceding=True))
    return next((tag for tag in tags if tag != _PB), "")


def _laid_out(written: list[str]) -> str:
    text = _BREAKS.sub(_break, squeezed("".join(written)))
    return text.replace(" \n", "\n").replace(" \f", "\f").strip(" \n\f")  # a blank may stand before a break


def _break(found: re.Match[str]) -> str:
    """Of several breaks in one place the strongest."""
    breaks = found[0]
    return "\f" if _PAGE_BREAK in breaks else "\n\n" if _PARAGRAPH_BREAK in breaks else "\n"
