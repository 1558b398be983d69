"""Rules: what may be written in a field, whoever writes it, by the forms of the admin or by the API.

Each raises Django's ValidationError with a sentence for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from archive.models.statements import problem_of
from archive.models.subject import SubjectRelation
from archive.vocab import rights
from archive.vocab.characters import ILLEGAL
from archive.vocab.dates import bounds
from archive.vocab.dcmi import TERMS

#: The form of a BCP 47 tag, as ``xml:lang`` takes it (XML Schema part 2, section 3.3.3).
_TAG = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
#: A scheme, a colon, and nothing that no address holds (RFC 3987, section 2.2, as far as anybody types it).
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_WEB = re.compile(r"https?://[^/\s]", re.IGNORECASE)
#: The parts of a statement.
STATEMENT = ("term", "value", "language", "uri")

Bounds = tuple[date | None, date | None]


def refuse_control_characters(words: str, *, but: str = "") -> None:
    """Refuse words that XML cannot carry; ``but`` are characters that mean something where the words stand.

    :raises ValidationError: naming the first such character and its place.
    """
    if found := next((each for each in ILLEGAL.finditer(words) if each[0] not in but), None):
        line = words.count("\n", 0, found.start()) + 1
        column = found.start() - words.rfind("\n", 0, found.start())
        raise ValidationError(
            f"There is a control character in line {line}, place {column} (U+{ord(found[0]):04X}). "
            "It cannot be seen and cannot be published: delete it, or what stands around it, and type that anew."
        )


def refuse_unknown_tag(tag: str) -> None:
    """Refuse what cannot be a language tag; empty is no tag, which is fine.

    :raises ValidationError: saying how a tag looks.
    """
    if tag and not _TAG.fullmatch(tag):
        raise ValidationError(f"“{tag}” is not a language tag. Write en, ru, zh-Hans or the like (BCP 47).")


def refuse_unknown_date(edtf: str) -> Bounds:
    """The first and last day that a date can mean, both None for no date.

    :raises ValidationError: if it is no EDTF date, saying why.
    """
    if not edtf:
        return None, None
    try:
        return bounds(edtf)
    except ValueError as error:
        raise ValidationError(f"This is not a date that can be understood: {error}") from error


def refuse_unknown_rights(address: str) -> None:
    """Refuse an address of a statement or licence that does not exist, or not so.

    :raises ValidationError: saying what would be right.
    """
    if problem := rights.problem_of(address):
        raise ValidationError(f"“{address}” is not the address of a rights statement. {problem}")


def refuse_bad_uri(uri: str) -> None:
    """Refuse what cannot be a URI; empty is none, which is fine.

    :raises ValidationError: saying how one looks.
    """
    if uri and not (_URI.fullmatch(uri) and (_WEB.match(uri) or not uri.lower().startswith("http"))):
        raise ValidationError(
            f"“{uri}” is not a URI. Write http://vocab.getty.edu/aat/300026879, urn:isbn:… or the like."
        )


def problems_of_statement(statement: Any) -> Iterator[str]:
    """What is wrong with a statement, a sentence each."""
    if problem := problem_of(statement):
        yield problem
        return
    if statement["term"] not in TERMS:
        yield f"“{statement['term']}” is not a term of Dublin Core. Choose one from the list."
    checks = (
        (refuse_unknown_tag, "language"),
        (refuse_bad_uri, "uri"),
        *((refuse_control_characters, part) for part in STATEMENT),
    )
    for refuse, part in checks:
        try:
            refuse(statement.get(part, ""))
        except ValidationError as error:
            yield str(error.messages[0])


def problems_of_subject(subject: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with a subject, each with the field that it is about: one of three, in a relation that fits it."""
    given = [name for name in ("concept", "place", "agent") if subject.get(name)]
    relation = subject.get("relation")
    if len(given) != 1:
        some = "one of them" if given else "one"
        yield given[-1] if given else "concept", f"Choose a concept, a place or an agent: {some}, in a row."
    elif relation == SubjectRelation.TYPE and given != ["concept"]:
        yield "relation", "What kind of document it is, a concept says."
    elif relation in {SubjectRelation.WRITTEN_AT, SubjectRelation.RECEIVED_AT} and given != ["place"]:
        yield "relation", "A document is written and received at a place."


def problems_of_coordinates(latitude: Any, longitude: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with coordinates, each with the field that it is about: on earth, and both or neither."""
    wrong = False
    for name, value, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if value is not None and abs(value) > most:
            wrong = True
            yield name, f"Between -{most} and {most} degrees."
    if not wrong and (latitude is None) != (longitude is None):
        yield "latitude" if latitude is None else "longitude", "Write both coordinates, or neither."
