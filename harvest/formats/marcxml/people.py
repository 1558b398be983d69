"""People, families and corporate bodies, with their parts: 100 and 110 for who made it, 700, 710 and 720 for others.

Only a name of which it is known what it names can be an entry under it. Any other stands in 720, the field for names
that nobody has controlled.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import ContributionDescription, Description
from harvest.formats import markup
from harvest.formats.curated import stated
from harvest.formats.marcxml.fields import Field, field
from harvest.formats.relators import CREATORS, RELATORS

#: The last two digits of the tag, and the first indicator, by what is named.
_KINDS = {"person": ("00", ""), "family": ("00", "3"), "corporate_body": ("10", "2")}


def main_entry(description: Description) -> Iterator[Field]:
    """1XX: the first of those who made the document whose kind is known."""
    if creator := creator_of(description):
        yield _entry("1", creator)


def creator_of(description: Description) -> ContributionDescription | None:
    """Who stands in 1XX, on which the first indicator of 245 depends."""
    made = (each for each in description.contributions if each.role in CREATORS and each.agent_kind in _KINDS)
    return next((each for each in made if markup.words(each.name)), None)


def added_entries(description: Description) -> Iterator[Field]:
    """7XX: everybody else who had a part."""
    main = creator_of(description)
    for each in description.contributions:
        if each is not main and each.role in RELATORS:
            yield _entry("7", each)
    for term, code in (("creator", "cre"), ("contributor", "ctb")):
        for name in stated(description, term):
            yield field("720", "  ", ("a", name.value), ("4", code))


def name_field(hundreds: str, *, name: str, kind: str) -> tuple[str, str]:
    """The tag and the first indicator of a name: 700 with 1 for "Stalin, Joseph", with 0 for "Zhou Enlai"."""
    ending, indicator = _KINDS[kind]
    return hundreds + ending, indicator or ("1" if "," in name else "0")


def _entry(hundreds: str, each: ContributionDescription) -> Field:
    part = (("e", each.label), ("4", RELATORS[each.role]), ("1", each.agent_uri))
    if each.agent_kind not in _KINDS:
        return field("720", "  ", ("a", each.name), *part[:2])
    tag, indicator = name_field(hundreds, name=each.name, kind=each.agent_kind)
    return field(tag, f"{indicator} ", ("a", each.name), *part)
