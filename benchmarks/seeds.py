"""Sources as the seeds are, as many as wanted: each with its own record id or its own words, names that recur."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.readers import Source

#: Names that stand in the seeds, and whose place others take.
SURNAMES = ("Zakharov", "Ignatov", "Shtykov", "Razuvaev", "Vasilevsky", "Ledovsky", "Panyushkin", "Kotov")


def sources(count: int, *, first: int = 0) -> Iterator[Source]:
    """Varied copies of the two seeds, every other one of each."""
    from archive.readers import Source
    from tests.sources import FILIPPOV, ROSHCHIN

    marked = FILIPPOV.read_text(encoding="utf-8")
    plain = ROSHCHIN.read_text(encoding="utf-8")
    for number in range(first, first + count):
        name = SURNAMES[number // 2 % len(SURNAMES)]
        if number % 2:
            text = marked.replace("110692", f"9{number:07}").replace("3305", f"{number}")
        else:
            text = plain.replace("25629", f"{number}").replace("Yelezov", name)
        text = text.replace("delo 335", f"delo {number % 500}").replace("Delo 331", f"Delo {number % 500}")
        yield Source(f"{number:07}.txt", text.encode())
