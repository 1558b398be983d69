"""Fields: a tag, two indicators, and subfields."""

from __future__ import annotations

from dataclasses import dataclass

from archive.vocab.characters import legal

#: Subfields that say something only beside another one: labels, relators, sources, addresses of the thing named.
BESIDE = frozenset("01234eiq")


@dataclass(frozen=True, slots=True)
class Field:
    """A data field; ``indicators`` are two characters, a space where one is not defined."""

    tag: str
    indicators: str
    subfields: tuple[tuple[str, str], ...]

    def said(self) -> list[tuple[str, str]]:
        """The subfields that have words, on one line each; none where only those are left that stand beside others."""
        cleaned = ((code, " ".join(legal(value).split())) for code, value in self.subfields)
        said = [(code, value) for code, value in cleaned if value]
        return said if any(code not in BESIDE for code, _ in said) else []


def field(tag: str, indicators: str, *subfields: tuple[str, str]) -> Field:
    """``field("245", "10", ("a", "A telegram"))``."""
    return Field(tag, indicators, subfields)
