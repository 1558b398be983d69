"""Requests: what a search is asked with (Content Search 2 and 1, sections 3.2 and 4.2), and where its answers lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

#: What ``motivation`` may ask for and get the lines of texts: the word of Presentation 3, and that of viewers of 2.
LINES = {"supplementing", "sc:supplementing", "painting", "sc:painting"}
#: Parameters that are heeded.
SEARCH, AUTOCOMPLETE = ("q", "motivation", "page"), ("q", "motivation", "min")


@dataclass(frozen=True, slots=True)
class Request:
    """A request. ``service`` is the address of the service itself, of which all answers are parts."""

    service: str
    q: str = ""
    motivation: str = ""
    page: int = 1
    min: int = 1
    #: Parameters that were given and are not heeded.
    ignored: Sequence[str] = ()

    @classmethod
    def parse(cls, service: str, query: QueryDict, *, heeded: Sequence[str]) -> Self:
        """The request from its parameters; a number that is none counts as 1."""
        return cls(
            service=service,
            q=query.get("q", "").replace("\0", " ").strip(),
            motivation=query.get("motivation", "").strip(),
            page=_number(query.get("page", "")),
            min=_number(query.get("min", "")),
            ignored=[name for name in query if name not in heeded],
        )

    @property
    def wants_lines(self) -> bool:
        """Whether lines of texts are among what is asked for."""
        return not self.motivation or bool(LINES & set(self.motivation.split()))

    def address(self, page: int | None = None) -> str:
        """Where a page of the answer lies, or the whole of it."""
        asked = {"q": self.q, "motivation": self.motivation, "page": f"{page}" if page else ""}
        return f"{self.service}?{urlencode({name: value for name, value in asked.items() if value or name == 'q'})}"


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
