"""The structures (``structMap``): the pages in their order, the texts, and which pages show which text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.description import Description, TextDescription
from archive.vocab.languages import name_of
from harvest.formats import markup
from harvest.formats.mets.elements import XLINK, named, shows
from harvest.formats.mets.sections import has_rights
from harvest.formats.tei.text import readable
from harvest.formats.trees import Element, around
from harvest.formats.views import View


def maps(description: Description, views: Sequence[View]) -> Iterator[Element]:
    """The map of pages, that of texts, and the links between the two."""
    yield around("structMap", [_sequence(description, views)], TYPE="PHYSICAL")
    yield around("structMap", [_document(description)], TYPE="LOGICAL")
    yield around("structLink", _links(description, views))


def _sequence(description: Description, views: Sequence[View]) -> Element:
    pages = [_page(description, number) for number in range(1, len(views) + 1)]
    return around("div", pages, ID=named(description, "pages"), TYPE="physSequence")


def _page(description: Description, number: int) -> Element:
    pointers = [around("fptr", (), FILEID=named(description, kind, number)) for kind in ("image", "thumb")]
    name, order = named(description, "page", number), str(number)
    return around("div", pointers, ID=name, TYPE="page", ORDER=order, ORDERLABEL=order)


def _document(description: Description) -> Element:
    """The document, to which all that is known belongs, with a part for each text."""
    texts = readable(description)
    parts = [_text(named(description, "part", number), each) for number, each in enumerate(texts, start=1)]
    pointer = [around("fptr", (), FILEID=named(description, "text"))] if texts else []
    said = {"LABEL": markup.words(description.title.value), "DMDID": named(description, "dmd")}
    rights = named(description, "amd") if has_rights(description) else ""
    return around("div", [*pointer, *parts], ID=named(description, "document"), TYPE="document", ADMID=rights, **said)


def _text(name: str, text: TextDescription) -> Element:
    language = name_of(text.language) or text.language
    label = ", ".join(filter(None, map(markup.words, (text.label, language))))
    return around("div", (), ID=name, TYPE=text.kind, LABEL=label)


def _links(description: Description, views: Sequence[View]) -> Iterator[Element]:
    """The document to all pages, and each text to those that show it."""
    yield _link(named(description, "document"), named(description, "pages"))
    for number, text in enumerate(readable(description), start=1):
        for page, view in enumerate(views, start=1):
            if shows(view, text):
                yield _link(named(description, "part", number), named(description, "page", page))


def _link(whole: str, part: str) -> Element:
    return Element("smLink", "", "", {f"{{{XLINK}}}from": whole, f"{{{XLINK}}}to": part})
