"""The answers of Content Search 1, which viewers read: annotations in the words of Presentation 2, and hits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from archive.description import Description
from iiif.presentation import addresses
from iiif.search.annotations import address_of, annotated, target_of
from iiif.search.places import Run
from iiif.search.requests import Request
from iiif.search.scopes import Answer
from iiif.search.terms import Suggestion

CONTEXT = "http://iiif.io/api/search/1/context.json"
PRESENTATION = "http://iiif.io/api/presentation/2/context.json"


def answer(request: Request, given: Answer, *, of_several: bool) -> dict[str, Any]:
    """A list of annotations, and the hits (sections 3.3 and 3.4)."""
    several = given.pages > 1
    return {
        "@context": [PRESENTATION, CONTEXT],
        "@id": request.address(request.page if several else None),
        "@type": "sc:AnnotationList",
        "within": _layer(request, given),
        **({"startIndex": given.start} if given.start is not None else {}),
        **({"prev": request.address(request.page - 1)} if 1 < request.page <= given.pages + 1 else {}),
        **({"next": request.address(request.page + 1)} if request.page < given.pages else {}),
        "resources": [_annotation(*each, of_several=of_several) for each in annotated(given)],
        "hits": list(_hits(given)),
    }


def terms(request: Request, suggestions: Sequence[Suggestion]) -> dict[str, Any]:
    """A list of terms (section 4.3); ``request.service`` is the autocomplete service."""
    search = request.service.removesuffix("/autocomplete")
    return {
        "@context": CONTEXT,
        "@id": request.address(),
        "@type": "search:TermList",
        **({"ignored": list(request.ignored)} if request.ignored else {}),
        "terms": [
            {"match": each.value, "url": Request(search, each.query).address(), "count": each.total}
            for each in suggestions
        ],
    }


def _layer(request: Request, given: Answer) -> dict[str, Any]:
    return {
        "@type": "sc:Layer",
        **({"total": given.total} if given.total is not None else {}),
        "first": request.address(1),
        "last": request.address(given.pages),
        **({"ignored": list(request.ignored)} if request.ignored else {}),
    }


def _annotation(address: str, description: Description, run: Run, *, of_several: bool) -> dict[str, Any]:
    target: Any = target_of(description, run)
    if of_several:
        manifest = {
            "@id": addresses.manifest(description.identifier),
            "@type": "sc:Manifest",
            "label": description.title.value,
        }
        target = {"@id": target, "within": manifest}
    return {
        "@id": address,
        "@type": "oa:Annotation",
        "motivation": "sc:painting",
        "resource": {"@type": "cnt:ContentAsText", "format": "text/plain", "chars": run.text},
        "on": target,
    }


def _hits(given: Answer) -> Iterator[dict[str, Any]]:
    for description, found in given.found:
        for finding in found:
            yield {
                "@type": "search:Hit",
                "annotations": [address_of(description, run) for run in finding.runs],
                "match": finding.match,
                "before": finding.before,
                "after": finding.after,
            }
