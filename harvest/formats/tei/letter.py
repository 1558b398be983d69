"""What the document is: when it came about, in which languages, about what, and from whom to whom it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.description import Description
from archive.vocab.languages import name_of
from harvest.formats import markup
from harvest.formats.curated import stated
from harvest.formats.tei.elements import date, named
from harvest.formats.trees import Element, around, element

#: Roles on either side, and where the paper was then.
SENT, RECEIVED = ("sender",), ("addressee", "copy recipient")
_SIDES = (("sent", SENT, "written at"), ("received", RECEIVED, "received at"))


def creation(description: Description) -> Iterator[Element]:
    """``<creation>``: when it was written."""
    dated = [*date(description.date)]
    if dated:
        yield around("creation", dated)


def languages(description: Description) -> Iterator[Element]:
    """``<langUsage>``: the languages of the texts, each once; that of the paper, where it is another."""
    tags = (*(each.language for each in description.texts), description.original_language)
    used = dict.fromkeys(tag for tag in tags if markup.language(tag))
    if used:
        yield around("langUsage", [element("language", name_of(tag) or tag, ident=tag) for tag in used])


def classes(description: Description) -> Iterator[Element]:
    """``<textClass>``: what it is and what it is about, as keywords."""
    kinds = {"type": "type", "about": ""}
    terms = [
        element("term", each.name, type=kinds[each.relation] or each.kind, ref=markup.address(each.uri))
        for each in description.subjects
        if each.relation in kinds and markup.words(each.name)
    ]
    for term in ("subject", "spatial", "temporal"):
        terms += [
            element("term", each.value, each.language, type=term, ref=markup.address(each.uri))
            for each in stated(description, term)
        ]
    if terms:
        yield around("textClass", [around("keywords", terms)])


def correspondence(description: Description) -> Iterator[Element]:
    """``<correspDesc>``: who sent it from where and when, and who received it where (chapter 2.4.6)."""
    actions = [action for side in _SIDES for action in _action(description, *side)]
    if actions:
        yield around("correspDesc", actions)


def _action(description: Description, kind: str, roles: Iterable[str], relation: str) -> Iterator[Element]:
    sides = (each for each in description.contributions if each.role in roles and markup.words(each.name))
    once = {(each.name, each.agent_uri): each for each in sides}  # who got it twice is one addressee
    people = [named(each) for each in once.values()]
    places = [
        element("placeName", each.name, ref=markup.address(each.uri))
        for each in description.subjects
        if each.relation == relation and markup.words(each.name)
    ]
    dated = [*date(description.date)] if kind == "sent" else []
    if people or places:
        yield around("correspAction", [*people, *places, *dated], type=kind)
