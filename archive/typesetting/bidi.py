"""Bidi: which way each character of a paragraph runs (Unicode Standard Annex 9).

Levels as the annex counts them: even ones run from left to right, odd ones from right to left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TypeVar

from bidi import algorithm

Unit = TypeVar("Unit")

#: What can make a text anything but one run from left to right.
_TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"}
#: Taken out of a text by rule X9 of the annex; each has the level of what stands before it.
_SHAPELESS = {"RLE", "LRE", "RLO", "LRO", "PDF", "BN", "LRI", "RLI", "FSI", "PDI"}
#: Isolates, which python-bidi does not know, as the embeddings that they are to whoever does not.
_AS_EMBEDDINGS = str.maketrans({"\u2066": "\u202a", "\u2067": "\u202b", "\u2068": "\u202a", "\u2069": "\u202c"})


def base_level(text: str, *, otherwise: int = 0) -> int:
    """0 or 1: the way of the first letter that has one (rules P2 and P3), ``otherwise`` where none has."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return 0
            case "R" | "AL":
                return 1
    return otherwise


def levels(text: str, base: int) -> list[int]:
    """The level of every character of a paragraph."""
    if not base and not any(unicodedata.bidirectional(character) in _TURNING for character in text):
        return [0] * len(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text.translate(_AS_EMBEDDINGS), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    resolved = iter(storage["chars"])
    found: list[int] = []
    for character in text:
        shapeless = unicodedata.bidirectional(character) in _SHAPELESS
        found.append((found[-1] if found else base) if shapeless else next(resolved)["level"])
    return found


def in_order(units: Sequence[tuple[int, Unit]]) -> list[Unit]:
    """What stands on a line, given with its levels in the order of the text, from left to right (rule L2)."""
    order = list(units)
    highest = max((level for level, _ in order), default=0)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end][0] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = max(end, start + 1)
    return [unit for _, unit in order]
