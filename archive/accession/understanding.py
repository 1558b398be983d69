"""Understanding: what a reader made of a document, as plain data; packed in the database, whole in reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from archive.drafts import (
    Draft,
    Field,
    Identity,
    RefusedPart,
    Value,
    fields_as_data,
    fields_from_data,
    packed,
    unpacked,
)
from archive.models import AccessionItem

#: What no text holds: NUL, which PostgreSQL does not take, and halves of pairs (surrogates), which nothing takes. They
#: come of notations that write characters by their numbers, as JSON and YAML do.
UNKEPT = re.compile("[\\x00\\ud800-\\udfff]")


def told(draft: Draft) -> dict[str, Any]:
    """What was understood, in full: ``fields``, ``segments`` and ``notices``.

    A segment is ``[role, start, end]``; the words themselves are in the original.
    """
    return {"fields": list(fields_as_data(map(_keepable, draft.fields))), **_around(draft)}


def stored(draft: Draft) -> dict[str, Any]:
    """The same, as it is kept with an item: without what goes without saying, and each text once."""
    return {"fields": packed(map(_keepable, draft.fields)), **_around(draft)}


def _keepable(field: Field[Value]) -> Field[Value]:
    """A field whose words every database can hold."""
    if is_keepable(field.verbatim):
        return field
    return field._replace(verbatim=keepable(field.verbatim))


def refused(part: RefusedPart) -> dict[str, Any]:
    """What a reader refused of a source, as it is kept with an item: its ``name``, ``locator`` and ``verbatim``."""
    said = {"name": part.name, "locator": part.locator, "verbatim": part.verbatim}
    return {"refused": {name: keepable(words) for name, words in said.items()}}


def is_keepable(words: str) -> bool:
    """Whether every database can hold these words."""
    return (words.isascii() and "\x00" not in words) or not UNKEPT.search(words)


def keepable(words: str) -> str:
    """The same with a sign in the place of each character that cannot be kept. The original has them as they are."""
    return UNKEPT.sub("�", words)


def in_full(understood: Mapping[str, Any]) -> dict[str, Any]:
    """What ``stored`` keeps, as ``told`` tells it."""
    return {
        "fields": list(unpacked(understood.get("fields", []))),
        "segments": understood.get("segments", []),
        "notices": understood.get("notices", []),
        "refused": understood.get("refused", {}),
    }


def draft_of(item: AccessionItem) -> Draft:
    """The draft that an item keeps, as far as entry asks for it."""
    return Draft(identity_of(item.identity), fields_of(item.understood))


def fields_of(understood: Mapping[str, Any]) -> tuple[Field[Value], ...]:
    """The fields of what was understood."""
    return tuple(fields_from_data(understood.get("fields", [])))


def identity_of(told: str) -> Identity:
    """An identity from its words."""
    scheme, _, value = told.partition(":")
    return Identity(scheme, value)


def _around(draft: Draft) -> dict[str, Any]:
    return {
        "segments": [[s.role, s.span.start, s.span.end] for s in draft.segments],
        "notices": [
            {"message": keepable(n.message), "span": [n.span.start, n.span.end] if n.span else None}
            for n in draft.notices
        ],
    }
