"""The properties of Dublin Core (DCMI Metadata Terms): the fifteen elements, what refines them, and the rest."""

from __future__ import annotations

#: dcterms refinements, and the one of the fifteen elements that each refines (DCMI Metadata Terms, section 2).
ELEMENT = {
    "abstract": "description",
    "accessRights": "rights",
    "alternative": "title",
    "available": "date",
    "bibliographicCitation": "identifier",
    "conformsTo": "relation",
    "created": "date",
    "dateAccepted": "date",
    "dateCopyrighted": "date",
    "dateSubmitted": "date",
    "extent": "format",
    "hasFormat": "relation",
    "hasPart": "relation",
    "hasVersion": "relation",
    "isFormatOf": "relation",
    "isPartOf": "relation",
    "isReferencedBy": "relation",
    "isReplacedBy": "relation",
    "isRequiredBy": "relation",
    "issued": "date",
    "isVersionOf": "relation",
    "license": "rights",
    "medium": "format",
    "modified": "date",
    "references": "relation",
    "replaces": "relation",
    "requires": "relation",
    "spatial": "coverage",
    "tableOfContents": "description",
    "temporal": "coverage",
    "valid": "date",
}

ELEMENTS = (
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format",
    "identifier", "source", "language", "relation", "coverage", "rights",
)  # fmt: skip

#: Properties of dcterms that refine none of the fifteen.
OTHER_TERMS = (
    "accrualMethod", "accrualPeriodicity", "accrualPolicy", "audience", "educationLevel", "instructionalMethod",
    "mediator", "provenance", "rightsHolder",
)  # fmt: skip

TERMS = frozenset((*ELEMENTS, *ELEMENT, *OTHER_TERMS))
