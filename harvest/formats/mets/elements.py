"""The names that METS takes from elsewhere, and the identifiers by which its parts point to one another."""

from __future__ import annotations

from archive.description import TextDescription
from harvest.formats.views import View

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"

#: The one description, and the one statement of rights.
DESCRIPTION, ADMINISTRATION, RIGHTS = "dmd-1", "amd-1", "rights-1"


def numbered(kind: str, number: int) -> str:
    """The ID of one of several parts: ``image-1``."""
    return f"{kind}-{number}"


def shows(view: View, text: TextDescription) -> bool:
    """Whether a page shows a text."""
    return view.page.text_key == text.key
