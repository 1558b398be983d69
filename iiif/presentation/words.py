"""Words in manifests: language maps, and plain text that no viewer takes for HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

#: What iiif-prezi3 and the JSON Schema take for a key of a language map; ``es-419`` is valid BCP 47 but fails.
_KEY = re.compile(r"[a-zA-Z-]+")

LanguageMap = dict[str, list[str]]


def in_language(language: str, *values: str) -> LanguageMap:
    """A language map of these values in one language, given as BCP 47 tag or empty where unknown."""
    return {_key(language): list(values)}


def in_english(*values: str) -> LanguageMap:
    """A language map of words that are this program's own."""
    return {"en": list(values)}


def in_every_language(*values: str) -> LanguageMap:
    """A language map of values that are the same in every language, such as numbers and names."""
    return {"none": list(values)}


def in_languages(values: Iterable[tuple[str, str]]) -> LanguageMap:
    """A language map of values, each given with the BCP 47 tag of its language, empty where unknown."""
    said: LanguageMap = {}
    for language, value in values:
        said.setdefault(_key(language), []).append(value)
    return said


def plain(values: Iterable[str]) -> list[str]:
    """Values that are shown as they stand, for summary, metadata and requiredStatement.

    There, a value between ``<`` and ``>`` is HTML (Presentation 3, section 4.5), so a text that happens to
    look like that is written as the HTML that shows it.
    """
    return [
        f"<span>{html.escape(value)}</span>" if value.startswith("<") and value.endswith(">") else value
        for value in values
    ]


def _key(language: str) -> str:
    """The tag, as much of it as can be a key; "none" where that is nothing."""
    return next((part for part in (language, language.split("-")[0]) if _KEY.fullmatch(part)), "none")
