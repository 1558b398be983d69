"""Panels: what other apps add to the page of a document, such as a viewer beside the transcript.

Each installed app registers its own from a module named ``panels``, which is found at start-up; the pages
know none of them by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from archive.description import Description


@dataclass(frozen=True, slots=True)
class Link:
    """A form of the document to take away."""

    label: str
    url: str
    media_type: str


@dataclass(frozen=True, slots=True)
class PanelView:
    """What a panel shows of one document: a template with its context, further links, or both."""

    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    #: The panel's scripts put styles on the page, which its policy must then allow.
    inline_styles: bool = False


class Panel(Protocol):
    """One addition to the page."""

    #: Unique among all apps.
    name: str

    def view(self, description: Description, formats: frozenset[str]) -> PanelView | None:
        """What to show of a public document that is stored in these formats; None for nothing."""


class Registry:
    """The panels of all installed apps, in the order of the apps."""

    def __init__(self) -> None:
        self._panels: dict[str, Panel] = {}

    def register(self, panel: Panel) -> None:
        """Add a panel.

        :raises ValueError: if another one has taken the name.
        """
        taken = self._panels.get(panel.name)
        if taken is not None and type(taken) is not type(panel):
            raise ValueError(f"two panels are called {panel.name!r}: {taken!r} and {panel!r}")
        self._panels[panel.name] = panel

    def __iter__(self) -> Iterator[Panel]:
        return iter(self._panels.values())

    def views(self, description: Description, formats: frozenset[str]) -> list[PanelView]:
        """What the panels show of a document."""
        return [view for panel in self if (view := panel.view(description, formats))]


registry = Registry()
