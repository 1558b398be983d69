"""The properties of Dublin Core by the names that DCMI gives them (DCMI Metadata Terms, section 2)."""

from __future__ import annotations

import re

#: Names that do not follow from the term.
_NAMES = {
    "alternative": "Alternative Title",
    "available": "Date Available",
    "created": "Date Created",
    "educationLevel": "Audience Education Level",
    "issued": "Date Issued",
    "modified": "Date Modified",
    "spatial": "Spatial Coverage",
    "temporal": "Temporal Coverage",
    "valid": "Date Valid",
}


def label_of(term: str) -> str:
    """The English name of a term.

    >>> label_of("rightsHolder"), label_of("issued")
    ('Rights Holder', 'Date Issued')
    """
    if term in _NAMES:
        return _NAMES[term]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", term[:1].upper() + term[1:])
