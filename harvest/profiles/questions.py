"""What several aggregators ask of a document, each as a question with the answer yes or no."""

from __future__ import annotations

import re

from archive.description import ContributionDescription, Description
from archive.dublin_core import statements
from archive.vocab.characters import legal, tells
from harvest.profiles.rights import EUROPEANA_RIGHTS_URI

#: The title that a document gets whose source gives none; see archive.accession.mapping.
UNTITLED = "[Untitled]"

#: Where what everybody may read is told by statements: everything but the standing type "Text".
_TEXT = "http://purl.org/dc/dcmitype/Text"

#: The forms of address that DPLA takes: http, and a slash at the end. https, ``/page/`` and a missing slash are
#: refused, here as by the hubs.
_LICENCE = r"http://creativecommons\.org/(?:licenses/[a-z-]+/\d\.\d|publicdomain/(?:zero|mark)/1\.0)/(?:[a-z]{2}/)?"
_STATEMENT = r"http://rightsstatements\.org/vocab/(?:InC|InC-OW-EU|InC-EDU|InC-NC|InC-RUU|NoC-CR|NoC-NC|NoC-OKLR|NoC-US|CNE|UND|NKC)/1\.0/"
RIGHTS_URI = re.compile(f"{_LICENCE}|{_STATEMENT}")


def has_title(description: Description) -> bool:
    """Whether it has a title of its own."""
    return legal(description.title.value).strip() not in ("", UNTITLED)


def has_element(description: Description, *elements: str) -> bool:
    """Whether a statement is made in one of these of the fifteen elements, or in a refinement of it."""
    return not _elements(description).isdisjoint(elements)


class _Last:
    """The document that was asked about last, with its elements: many questions are asked of each in turn."""

    held: tuple[Description | None, frozenset[str]] = (None, frozenset())


def _elements(description: Description) -> frozenset[str]:
    """The elements in which something is said of a document."""
    last, elements = _Last.held
    if last is not description:
        said = statements(description)
        elements = frozenset(each.element for each in said if tells(each.value) and each.uri != _TEXT)
        _Last.held = (description, elements)  # in one go: other threads ask about other documents
    return elements


def has_term(description: Description, *terms: str) -> bool:
    """Whether one of these very terms is stated, in words or by an address."""
    return any(
        each.term in terms and tells(each.value or each.uri) and each.uri != _TEXT for each in statements(description)
    )


def has_maker(description: Description) -> bool:
    """Whether somebody is named who made it, or had a part in it."""
    return has_element(description, "creator", "contributor")


def has_creator(description: Description) -> bool:
    """Whether somebody is named who made it."""
    return has_element(description, "creator")


def has_known_kinds(description: Description) -> bool:
    """Whether it is known of every name what it names."""
    return all(each.agent_kind != "unknown" for each in description.contributions)


def has_date(description: Description) -> bool:
    """Whether it is dated."""
    return has_element(description, "date")


def has_description(description: Description) -> bool:
    """Whether there is a summary, or another description of it."""
    return has_element(description, "description")


def has_subject(description: Description) -> bool:
    """Whether it is said what it is about, what kind of thing it is, or of which place or time."""
    return has_element(description, "subject", "coverage", "type")


def has_language(description: Description) -> bool:
    """Whether the language of every text is known; that of the document, where there is no text."""
    if description.texts:
        return all(text.language for text in description.texts)
    return has_element(description, "language")


def has_any_language(description: Description) -> bool:
    """Whether the language of at least one text is known; without texts, that of the document."""
    return any(tells(each) for each in languages(description))


def languages(description: Description) -> tuple[str, ...]:
    """The languages of what can be read: of the texts, and of the paper where there is nothing but its image."""
    stated = tuple(each.value for each in statements(description) if each.element == "language")
    return stated or (() if description.texts else (description.original_language,))


def has_rights(description: Description) -> bool:
    """Whether anything at all is said about rights."""
    return has_element(description, "rights")


def has_rights_uri(description: Description) -> bool:
    """Whether the rights statement is an address of rightsstatements.org or Creative Commons, in its one right form."""
    return RIGHTS_URI.fullmatch(description.rights_uri) is not None


def has_europeana_rights_uri(description: Description) -> bool:
    """Whether the rights statement is one of those that Europeana takes."""
    return EUROPEANA_RIGHTS_URI.fullmatch(description.rights_uri) is not None


def has_title_or_description(description: Description) -> bool:
    """Whether it has a title of its own, or is described."""
    return has_title(description) or has_term(description, "description", "abstract")


def has_context(description: Description) -> bool:
    """Whether it is said what it is about, what kind of thing it is, or of which place or time, as EDM has it."""
    return has_term(description, "subject", "type", "spatial", "temporal")


def has_image(description: Description) -> bool:
    """Whether there is something to look at: typesetting comes with publishing, so a text will do."""
    return bool(description.pages or any(text.body.strip() for text in description.texts))


def has_scan(description: Description) -> bool:
    """Whether the paper itself can be looked at."""
    return any(page.kind == "scan" for page in description.pages)


def has_words(description: Description) -> bool:
    """Whether there is a text to read."""
    return any(tells(text.body) for text in description.texts)


def _correspondents(description: Description) -> tuple[ContributionDescription, ...]:
    sides = ("sender", "addressee")
    return tuple(each for each in description.contributions if each.role in sides and tells(each.name))


def has_correspondent(description: Description) -> bool:
    """Whether a sender or an addressee is named."""
    return bool(_correspondents(description))


def has_known_correspondents(description: Description) -> bool:
    """Whether each sender and addressee is known by an address elsewhere."""
    return all(each.agent_links for each in _correspondents(description))
