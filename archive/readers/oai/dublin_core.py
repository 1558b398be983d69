"""From Dublin Core to the values of a draft: one small function for each field.

What has no field of its own stays a statement, so that nothing of a record is lost. A string that names a person in
``creator`` is all that Dublin Core says of an author; which name it is and whose, an archivist judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.drafts import (
    Contribution,
    DocumentDate,
    Field,
    OriginalLanguage,
    Rights,
    SourceUrl,
    Statement,
    Summary,
    Title,
    Value,
)
from archive.readers.oai.elements import Element
from archive.vocab import dates
from archive.vocab.iso639 import tag_of_code
from archive.vocab.languages import tag_of

#: Characters that a title, a name, an address and that of a licence can have in the archive.
_TITLE, _NAME, _ADDRESS, _LICENCE = 1000, 300, 1000, 500
#: An address of the web as the archive takes it: with a host that has a domain.
_WEB = re.compile(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}(?::\d{2,5})?(?:[/?#]\S*)?"
)
_ROLES = {"creator": "author", "contributor": "contributor"}
#: Terms of which the first that can be understood is the date of the document, in this order.
_DATES = ("created", "date")
_SUMMARIES = ("abstract", "description")
_RIGHTS = frozenset({"rights", "license"})


def fields_of(elements: Sequence[Element]) -> Iterator[Field[Value]]:
    """All that a record says. Each element is one field; the first of its kind may be a field of its own."""
    chosen = {
        id(element): field
        for element, field in (title(elements), date(elements), summary(elements), language(elements), url(elements))
        if element is not None and field is not None
    }
    for element in elements:
        yield chosen.get(id(element)) or contribution(element) or rights(element) or statement(element)


Chosen = tuple[Element | None, Field[Value] | None]


def _said(value: Value, element: Element, *, inferred: str = "") -> Field[Value]:
    return Field(value, element.text, None, element.locator, inferred)


def _of(elements: Sequence[Element], *terms: str) -> Iterator[Element]:
    """The elements of these terms, those of the first term first."""
    for term in terms:
        yield from (each for each in elements if each.term == term)


def title(elements: Sequence[Element]) -> Chosen:
    """The first title; one that is longer than a title can be is cut, and stands whole in the verbatim form."""
    element = next(_of(elements, "title"), None)
    if element is None:
        return None, None
    text = " ".join(element.text.split())
    cut = "cut at 1,000 characters" if len(text) > _TITLE else ""
    text = f"{text[: _TITLE - 1]}…" if cut else text
    return element, _said(Title(text, element.language[:35]), element, inferred=cut)


def date(elements: Sequence[Element]) -> Chosen:
    """The first date that names a day, a month, a year or a span of them."""
    for element in _of(elements, *_DATES):
        text = element.text
        reading = dates.read(text)
        edtf = text if _is_edtf(text) else reading.edtf if reading else ""
        if edtf and len(element.text) <= 200 and len(edtf) <= 100:
            inferred = "" if edtf == text else (reading.inferred if reading else "") or "read from the words"
            return element, _said(DocumentDate(edtf), element, inferred=inferred)
    return None, None


def _is_edtf(text: str) -> bool:
    try:
        dates.bounds(text)
    except ValueError:
        return False
    return True


def summary(elements: Sequence[Element]) -> Chosen:
    """The abstract, else the first description."""
    element = next(_of(elements, *_SUMMARIES), None)
    return (element, _said(Summary(element.text, element.language[:35]), element)) if element else (None, None)


def language(elements: Sequence[Element]) -> Chosen:
    """The first language that is named by a tag, by a code of ISO 639-2 or by its English name."""
    for element in _of(elements, "language"):
        tag = tag_of_code(element.text) or tag_of(element.text)
        if tag:
            return element, _said(OriginalLanguage(tag), element, inferred="" if tag == element.text else "the tag")
    return None, None


def url(elements: Sequence[Element]) -> Chosen:
    """The first identifier that is an address of the web: where the document is shown at its repository."""
    for element in _of(elements, "identifier"):
        if _WEB.fullmatch(element.text) and len(element.text) <= _ADDRESS:
            return element, _said(SourceUrl(element.text), element)
    return None, None


def contribution(element: Element) -> Field[Value] | None:
    """Who had a part in the document; too long a name is a sentence, and stays a statement."""
    role = _ROLES.get(element.term)
    name = " ".join(element.text.split())
    return _said(Contribution(role, name, name), element) if role and len(name) <= _NAME else None


def rights(element: Element) -> Field[Value] | None:
    """A statement of rights, with its address if it is one."""
    if element.term not in _RIGHTS:
        return None
    address = _WEB.fullmatch(element.text) and len(element.text) <= _LICENCE
    return _said(Rights(element.text, element.text if address else ""), element)


def statement(element: Element) -> Field[Value]:
    """What is left: a second title is an alternative one, everything else stays under its own term."""
    term = "alternative" if element.term == "title" else element.term
    return _said(Statement(term, element.text, element.language), element)
