"""Placeholder until the readers land."""

from datetime import date


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """Placeholder."""
    return None, None
