"""What the text was made from: the places in archives where the paper is, and how it is cited (TEI P5, chapter 11)."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import Description, ReferenceDescription
from harvest.formats import markup
from harvest.formats.trees import Element, around, element

#: Levels below the repository, from the top down, that a reference can name.
LEVELS = ("fond", "opis", "papka", "delo")


def source(description: Description) -> Iterator[Element]:
    """``<sourceDesc>``, which must not be missing: a manuscript for each reference, else how it is cited."""
    manuscripts = [each for reference in description.references for each in _manuscript(reference)]
    cited = [element("bibl", each) for each in (description.citation,) if markup.words(each)]
    if address := markup.address(description.source_url):
        cited.append(around("bibl", [element("ref", address, target=address)]))
    nothing = [element("p", "Where the document is kept is not known.")]
    yield around("sourceDesc", [*cited, *manuscripts] or nothing)


def _manuscript(reference: ReferenceDescription) -> Iterator[Element]:
    """``<msDesc>``: the repository, the units from the top down, and the reference as it is written."""
    parts = [element("repository", reference.repository)]
    parts += [element("collection", getattr(reference, level), type=level) for level in LEVELS]
    parts.append(element("idno", reference.verbatim, type="reference"))
    named = [each for each in parts if each.text]
    if not named:
        return
    leaves = [around("physDesc", [around("objectDesc", [around("supportDesc", [_foliation(reference)])])])]
    yield around("msDesc", [around("msIdentifier", named), *(leaves if markup.words(reference.listy) else [])])


def _foliation(reference: ReferenceDescription) -> Element:
    return element("foliation", reference.listy)
