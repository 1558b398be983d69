"""Parsing: JSON bodies, bounded, and with nothing in them that could not be answered or published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from archive.api import problems
from archive.clients import size_told
from archive.conf import conf
from archive.rules import refuse_control_characters

#: How deep a body may be; none of ours is deeper than four.
_DEPTH = 12


class JSON(BaseParser):
    """JSON in UTF-8 (RFC 8259)."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """The value of the body.

        :raises TooLarge: it is larger than the site takes.
        :raises ParseError: it is no JSON.
        :raises Invalid: naming words with characters that no XML can carry; a form feed is left to the field.
        """
        request = (parser_context or {})["request"]._request
        if size_told(request) > conf().API_BODY_LIMIT:
            raise problems.TooLarge(f"The body has more than {conf().API_BODY_LIMIT:,} bytes. Nothing was done.")
        try:
            value = json.loads(stream.read().decode(), parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"The body is no JSON: {str(error) or 'it is too deep'}.") from error
        faults = [{"pointer": at, "detail": words} for at, words in _unspeakable(value, "", 0)]
        if faults:
            raise problems.Invalid(faults)
        return value


class MergePatch(JSON):
    """JSON Merge Patch (RFC 7396)."""

    media_type = "application/merge-patch+json"


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _unspeakable(value: Any, at: str, depth: int) -> Iterator[tuple[str, str]]:
    """The places of words that cannot be published; members with such a name are told by the place of their object."""
    if depth > _DEPTH:
        yield at, "This is too deep."
    elif isinstance(value, str) and (message := _refused(value)):
        yield at, message
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _unspeakable(each, f"{at}/{number}", depth + 1)
    elif isinstance(value, dict):
        if any(_refused(name) for name in value):
            yield at, "The name of a member has a control character in it."
            return
        for name, each in value.items():
            yield from _unspeakable(each, f"{at}/{problems.escaped(name)}", depth + 1)


def _refused(words: str) -> str:
    try:
        refuse_control_characters(words, but="\f")
    except ValidationError as error:
        return str(error.messages[0])
    return ""
