"""What MODS' elements have in common beside their form: its namespaces, and addresses."""

from __future__ import annotations

from collections.abc import Iterator

from harvest.formats.trees import Element, around, element

__all__ = ["HREF", "MODS", "XLINK", "Element", "around", "element", "url"]

MODS = "http://www.loc.gov/mods/v3"
XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"


def url(address: str, **attributes: str) -> Iterator[Element]:
    """``<url>``, where there is an address."""
    if address:
        yield element("url", address, **attributes)
