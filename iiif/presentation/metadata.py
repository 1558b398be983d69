"""Metadata of a manifest: what is said of the document, in pairs of a label and values, for people to read.

One function for each pair; each returns the values, and a pair without values is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import get_language_info

from archive.description import ContributionDescription, Description, EventDescription
from archive.models.document import NumberKind
from iiif.presentation.words import LanguageMap, in_english, in_language, plain


def pairs(description: Description) -> list[tuple[LanguageMap, LanguageMap]]:
    """Labels and values in the order in which a reader wants them."""
    said = [
        ("Date", "", _date(description)),
        *((label, "", values) for label, values in _people(description).items()),
        *((label, "", values) for label, values in _numbers(description).items()),
        ("Stamps", "", [_stamp(event) for event in description.events]),
        ("Distribution", "", _distribution(description)),
        ("Archival references", "", [reference.verbatim for reference in description.references]),
        ("Subjects", "", _subjects(description, "about", "concept", "agent")),
        ("Places", "", _subjects(description, "about", "place")),
        ("Written at", "", _subjects(description, "written at", "place")),
        ("Received at", "", _subjects(description, "received at", "place")),
        ("Kind", "", _subjects(description, "type", "concept")),
        ("Language", "en", _languages(description)),
        ("Original language", "en", _original_language(description)),
        *_statements(description),
        ("Citation", "", [description.citation] if description.citation else []),
        ("Source", "", [description.source_url] if description.source_url else []),
    ]
    return [(in_english(label), in_language(language, *plain(values))) for label, language, values in said if values]


def _date(description: Description) -> list[str]:
    """As the source writes it, then in EDTF."""
    date = description.date
    return list(dict.fromkeys(form for form in (date.verbatim, date.edtf) if form))


def _people(description: Description) -> dict[str, list[str]]:
    people: dict[str, list[str]] = {}
    for each in description.contributions:
        people.setdefault(_sentence(each.label), []).append(_person(each))
    return people


def _person(contribution: ContributionDescription) -> str:
    """``Stalin (as “Filippov”), 2 copies``."""
    name = contribution.name
    if contribution.as_written and contribution.as_written != name:
        name += f" (as “{contribution.as_written}”)"
    if contribution.copies:
        name += f", {contribution.copies} {'copy' if contribution.copies == 1 else 'copies'}"
    return name


def _numbers(description: Description) -> dict[str, list[str]]:
    numbers: dict[str, list[str]] = {}
    for number in description.numbers:
        numbers.setdefault(_sentence(NumberKind(number.kind).label), []).append(number.value)
    return numbers


def _stamp(event: EventDescription) -> str:
    if event.verbatim:
        return event.verbatim
    toward = f"to {event.destination}" if event.destination else ""
    said = (_sentence(event.label), event.edtf, event.place, toward, event.agent, event.note)
    return " ".join(part for part in said if part)


def _distribution(description: Description) -> list[str]:
    if not description.distribution:
        return []
    cut = " (possibly truncated)" if description.distribution_possibly_truncated else ""
    return [description.distribution + cut]


def _subjects(description: Description, relation: str, *kinds: str) -> list[str]:
    return [
        each.name if each.certain else f"{each.name} (?)"
        for each in description.subjects
        if each.relation == relation and each.kind in kinds
    ]


def _languages(description: Description) -> list[str]:
    return list(dict.fromkeys(language_name(text.language) for text in description.texts if text.language))


def _original_language(description: Description) -> list[str]:
    return [language_name(description.original_language)] if description.original_language else []


def _statements(description: Description) -> Iterator[tuple[str, str, list[str]]]:
    """The curator's further Dublin Core statements, each with the name of its term: ``rightsHolder``, Rights holder."""
    for statement in description.statements:
        label = re.sub(r"(?<=[a-z])([A-Z])", lambda capital: f" {capital[1].lower()}", statement.term)
        yield _sentence(label), statement.language, [statement.value or statement.uri]


def language_name(tag: str) -> str:
    """The English name of a language, or its tag where Django knows no name."""
    try:
        return str(get_language_info(tag.lower())["name"])
    except KeyError:
        return tag


def _sentence(words: str) -> str:
    """``recipient of a copy`` as the beginning of a line."""
    return words[:1].upper() + words[1:]
