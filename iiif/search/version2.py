"""The answers of Content Search 2: annotations of the words found, and beside them what stands around each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from archive.description import Description
from iiif.presentation import addresses
from iiif.presentation.words import in_language
from iiif.search.annotations import address_of, annotated, target_of
from iiif.search.places import Finding, Run
from iiif.search.requests import Request
from iiif.search.scopes import Answer
from iiif.search.terms import Suggestion

CONTEXT = "http://iiif.io/api/search/2/context.json"
PRESENTATION = "http://iiif.io/api/presentation/3/context.json"


def answer(request: Request, given: Answer, *, of_several: bool) -> dict[str, Any]:
    """A page of annotations (section 3.3); ``of_several`` says in which manifest each target is."""
    several = given.pages > 1
    collection = _collection(request, given)
    return {
        "@context": [PRESENTATION, CONTEXT],
        "id": request.address(request.page if several else None),
        "type": "AnnotationPage",
        **({"partOf": collection} if several else {}),
        **({"startIndex": given.start} if several and given.start is not None else {}),
        **({"prev": _page(request, request.page - 1)} if 1 < request.page <= given.pages + 1 else {}),
        **({"next": _page(request, request.page + 1)} if request.page < given.pages else {}),
        **({"ignored": list(request.ignored)} if request.ignored else {}),
        "items": [_annotation(*each, of_several=of_several) for each in annotated(given)],
        "annotations": [{"type": "AnnotationPage", "partOf": collection, "items": list(_contexts(request, given))}],
    }


def terms(request: Request, suggestions: Sequence[Suggestion]) -> dict[str, Any]:
    """A page of terms (section 4.3); ``request.service`` is the autocomplete service."""
    search = request.service.removesuffix("/autocomplete")
    return {
        "@context": CONTEXT,
        "id": request.address(),
        "type": "TermPage",
        **({"ignored": list(request.ignored)} if request.ignored else {}),
        "items": [
            {
                "value": each.value,
                "total": each.total,
                "service": [{"id": Request(search, each.query).address(), "type": "SearchService2"}],
            }
            for each in suggestions
        ],
    }


def _collection(request: Request, given: Answer) -> dict[str, Any]:
    return {
        "id": request.address(),
        "type": "AnnotationCollection",
        **({"total": given.total} if given.total is not None else {}),
        "first": _page(request, 1),
        "last": _page(request, given.pages),
    }


def _page(request: Request, number: int) -> dict[str, str]:
    return {"id": request.address(number), "type": "AnnotationPage"}


def _annotation(address: str, description: Description, run: Run, *, of_several: bool) -> dict[str, Any]:
    target: Any = target_of(description, run)
    if of_several:
        manifest = {
            "id": addresses.manifest(description.identifier),
            "type": "Manifest",
            "label": in_language(description.title.language, description.title.value),
        }
        target = {"id": target, "type": "Canvas", "partOf": [manifest]}
    return {
        "id": address,
        "type": "Annotation",
        "motivation": "supplementing",
        "body": {
            "type": "TextualBody",
            "value": run.text,
            "format": "text/plain",
            **({"language": run.page.language} if run.page.language else {}),
        },
        "target": target,
    }


def _contexts(request: Request, given: Answer) -> Iterator[dict[str, Any]]:
    """What stands before and after each finding (section 3.4.2); one of several lines has several targets (3.4.5)."""
    findings = ((description, finding) for description, found in given.found for finding in found)
    for number, (description, finding) in enumerate(findings, start=1):
        targets = list(_contextual(description, finding))
        yield {
            "id": f"{request.address(request.page)}#context-{number}",
            "type": "Annotation",
            "motivation": "contextualizing",
            "target": targets[0] if len(targets) == 1 else targets,
        }


def _contextual(description: Description, finding: Finding) -> Iterator[dict[str, Any]]:
    first, last = finding.runs[0], finding.runs[-1]
    for run in finding.runs:
        quote = {
            "type": "TextQuoteSelector",
            **({"prefix": finding.before} if run is first and finding.before else {}),
            "exact": finding.match if run is first is last else run.text,
            **({"suffix": finding.after} if run is last and finding.after else {}),
        }
        yield {"type": "SpecificResource", "source": address_of(description, run), "selector": [quote]}
