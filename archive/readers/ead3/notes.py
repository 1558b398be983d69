"""What stands beside ``did``: scope and content, conditions, history, index terms, and every other note.

Each note becomes a statement of the Dublin Core term that says it best, with its heading where the term alone does
not tell what it is about. ISAD(G), sections 3.2 to 3.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.drafts import Field, Notice, Statement, Summary, Value
from archive.readers.ead3.identification import field, identification, identification_of, name_of
from archive.readers.ead3.words import children, line, local, text

#: The term of each note, and what the note is called where it has no heading; empty where the term says it.
_NOTES: dict[str, tuple[str, str]] = {
    "accessrestrict": ("accessRights", ""),
    "accruals": ("accrualPolicy", ""),
    "acqinfo": ("provenance", "Acquisition"),
    "altformavail": ("hasFormat", ""),
    "appraisal": ("description", "Appraisal"),
    "arrangement": ("description", "Arrangement"),
    "bibliography": ("isReferencedBy", ""),
    "bioghist": ("description", "Biography or history"),
    "custodhist": ("provenance", ""),
    "fileplan": ("description", "File plan"),
    "index": ("description", "Index"),
    "legalstatus": ("rights", "Legal status"),
    "odd": ("description", "Further information"),
    "originalsloc": ("isFormatOf", ""),
    "otherfindaid": ("isReferencedBy", "Other finding aids"),
    "phystech": ("requires", ""),
    "prefercite": ("bibliographicCitation", ""),
    "processinfo": ("description", "Processing"),
    "relatedmaterial": ("relation", ""),
    "relations": ("relation", ""),
    "separatedmaterial": ("relation", "Separated material"),
    "userestrict": ("rights", ""),
}
#: The term of each kind of index term; what is not named here is a subject.
_INDEXED = {"geogname": "spatial", "genreform": "type"}
#: Kept apart from what is said of the unit: components, and what only dresses the page.
_LEFT = frozenset({"head", "dsc", "c", *(f"c{number:02}" for number in range(1, 13))})


def described(element: etree._Element) -> Iterator[Field[Value] | Notice]:
    """What one child of a component says of it."""
    name = local(element)
    if name == "did":
        yield from identification(element)
    elif name == "scopecontent":
        yield from _scope(element)
    elif name == "controlaccess":
        yield from _index_terms(element)
    elif name and name not in _LEFT:
        yield from _note(element)


def detached(element: etree._Element) -> list[Field[Value]]:
    """What below an element is not for the public (``audience="internal"``), taken out of it."""
    hidden = [each for each in element.iterdescendants() if local(each) and each.get("audience") == "internal"]
    taken: list[Field[Value]] = []
    for each in hidden:
        above = each.getparent()
        if above is None or any(outer in hidden for outer in each.iterancestors()):
            continue
        known = identification_of(each) if local(above) == "did" else iter(())
        found = [said for said in known if isinstance(said, Field)]
        taken += found or [field(each, Statement("description", words)) for words in filter(None, [text(each)])]
    for each in hidden:
        if (above := each.getparent()) is not None:
            _leave_tail(each, above)
            above.remove(each)
    return taken


def _leave_tail(element: etree._Element, above: etree._Element) -> None:
    """Hand the words that follow an element to what stands before it, for they belong to what is above."""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        above.text = (above.text or "") + (element.tail or "")


def introduction(element: etree._Element) -> Iterator[Field[Value] | Notice]:
    """What one element in ``dsc`` says that is no component."""
    if local(element) not in _LEFT and (words := text(element)):
        yield field(element, Statement("description", words))


def _scope(element: etree._Element) -> Iterator[Field[Value]]:
    if words := text(element, without="head"):
        yield field(element, Summary(words, element.get("lang", "")))


def _note(element: etree._Element) -> Iterator[Field[Value]]:
    """A note with its heading, or the name of what it is where the term does not say so."""
    term, called = _NOTES.get(local(element), ("description", ""))
    words = text(element, without="head")
    heading = next((line(each).rstrip(" :") for each in children(element, "head")), "") or called
    if words:
        shown = f"{heading}\n\n{words}" if heading else words
        yield field(element, Statement(term, shown, element.get("lang", "")))


def _index_terms(element: etree._Element) -> Iterator[Field[Value]]:
    """The terms of ``controlaccess`` and of those within it; what introduces them is for the page."""
    for each in children(element):
        if local(each) == "controlaccess":
            yield from _index_terms(each)
        elif local(each) not in ("head", "p", "list", "blockquote", "table", "chronlist") and (name := name_of(each)):
            yield field(each, Statement(_INDEXED.get(local(each), "subject"), name, uri=each.get("identifier", "")))
        elif local(each) != "head" and local(each) in ("list", "table", "chronlist") and (words := text(each)):
            yield field(each, Statement("description", words))
