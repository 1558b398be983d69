"""Progress: how far a worker is, as a bar with figures; archive/live.js keeps it up to date."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.accession.pace import paced
from archive.accession.standing import Standing


def progress_bar(
    counts: Mapping[str, int], *, unfinished: Collection[str], of: str, pace: float = 0
) -> SafeString | str:
    """How many of all are done, counted from the rows, and the pace where there is one."""
    done, total = _done(counts, unfinished)
    if not total:
        return f"no {of}"
    bar = '<progress class="fonds-progress" max="{}" value="{}" aria-label="{} of {} {}"></progress> {} of {} {}{}'
    told = paced(Standing(of, done, total), pace)
    return format_html(bar, total, done, done, total, of, f"{done:,}", f"{total:,}", of, told and f", {told}")


def progress_told(state: str, counts: Mapping[str, int], *, unfinished: Collection[str], of: str) -> str:
    """The same in words, for those who hear the page while it changes."""
    done, total = _done(counts, unfinished)
    return f"{state}: {done:,} of {total:,} {of}".capitalize()


def _done(counts: Mapping[str, int], unfinished: Collection[str]) -> tuple[int, int]:
    total = sum(counts.values())
    return total - sum(counts.get(state, 0) for state in unfinished), total
