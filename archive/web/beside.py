"""Beside: which two of a document's texts, or a text and the page images, a reader has side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.web.templatetags.archive_web import worded

#: The name of the page images among the sides; texts are numbered from one.
IMAGES = "images"


@dataclass(frozen=True, slots=True)
class Side:
    """Something that can stand beside another."""

    name: str
    label: str | Promise
    language: str


def beside(parameters: Mapping[str, Any], texts: Sequence[Any], panels: Sequence[Any]) -> dict[str, Any]:
    """What the page shows: everything, or the two that ``left`` and ``right`` name. Others count for nothing.

    Without page images, a page of several texts has them side by side by itself.
    """
    sides = [Side(IMAGES, _("Page images"), "")] if panels else []
    sides += [
        Side(str(number), worded(each.label).capitalize(), each.language) for number, each in enumerate(texts, start=1)
    ]
    known = {side.name for side in sides}
    left, right = (str(parameters.get(each, "")) for each in ("left", "right"))
    compared = left != right and {left, right} <= known
    if compared:
        chosen = [each for each in (left, right) if each != IMAGES]
        texts, panels = [texts[int(each) - 1] for each in chosen], panels if IMAGES in (left, right) else []
    first, second = (left, right) if compared else (sides[0].name, sides[1].name) if len(sides) > 1 else ("", "")
    return {
        "sides": sides,
        "choosers": [("left", first, _("On the left")), ("right", second, _("On the right"))],
        "compared": compared,
        "texts": texts,
        "panels": panels,
        "side_by_side": len(texts) > 1 and not panels,
    }
