"""The names that METS takes from elsewhere, and the identifiers by which its parts point to one another."""

from __future__ import annotations

from archive.description import Description, TextDescription
from harvest.formats.views import View

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"


def named(description: Description, kind: str, number: int = 1) -> str:
    """The ID of a part: ``d-110692-image-1``. Unlike any of another document: a list of records is one XML document."""
    return f"d-{description.identifier}-{kind}-{number}"


def shows(view: View, text: TextDescription) -> bool:
    """Whether a page shows a text."""
    return view.page.text_key == text.key
