"""Names: those who had a part in the document, and all that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import ContributionDescription, Description
from harvest.formats import markup
from harvest.formats.curated import stated
from harvest.formats.mods.elements import Element, around, element
from harvest.formats.relators import CREATORS, RELATORS

NAME_TYPES = {"person": "personal", "corporate_body": "corporate", "family": "family"}


def names(description: Description) -> Iterator[Element]:
    """All who had a part, each part an element of its own; the first of those who made it is the primary one."""
    primary = next((each for each in description.contributions if each.role in CREATORS), None)
    for each in description.contributions:
        if each.role in RELATORS and markup.words(each.name):
            yield _name(each, usage="primary" if each is primary else "")


def _name(contribution: ContributionDescription, *, usage: str) -> Element:
    parts = [element("namePart", contribution.name)]
    if markup.words(contribution.as_written) not in ("", markup.words(contribution.name)):
        parts.append(element("displayForm", contribution.as_written))
    role = [
        element("roleTerm", contribution.label, type="text"),
        element("roleTerm", RELATORS[contribution.role], type="code", authority="marcrelator"),
    ]
    kind = NAME_TYPES.get(contribution.agent_kind, "")
    return around(
        "name", [*parts, around("role", role)], type=kind, usage=usage, valueURI=markup.address(contribution.agent_uri)
    )


def subjects(description: Description) -> Iterator[Element]:
    """``<subject>``: people, topics, places and times, each alone."""
    for each in description.subjects:
        if each.relation == "about" and markup.words(each.name):
            address = markup.address(each.uri)
            yield around("subject", [_subject(each.kind, each.name, address)])
    for mentioned in description.contributions:
        if mentioned.role == "mentioned" and markup.words(mentioned.name):
            name = around("name", [element("namePart", mentioned.name)], type=NAME_TYPES.get(mentioned.agent_kind, ""))
            yield around("subject", [name])
    for term, kind in (("subject", "topic"), ("spatial", "geographic"), ("temporal", "temporal")):
        for topic in stated(description, term):
            address = markup.address(topic.uri)
            yield around("subject", [element(kind, topic.value, topic.language, valueURI=address)])


def _subject(kind: str, name: str, address: str) -> Element:
    if kind == "agent":
        return around("name", [element("namePart", name)], valueURI=address)
    return element("geographic" if kind == "place" else "topic", name, valueURI=address)
