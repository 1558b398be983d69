"""The page of the API: its schema for people, operation by operation, without scripts and without other hosts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.api.schema import described
from archive.frame import page

METHODS = ("get", "post", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Sample:
    """An example of a body."""

    title: str
    media_type: str
    body: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be answered."""

    status: str
    meaning: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address."""

    name: str
    method: str
    path: str
    meaning: str
    parameters: tuple[Mapping[str, Any], ...]
    samples: tuple[Sample, ...]
    answers: tuple[Answer, ...]


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """All operations, with their parameters, examples and answers."""
    return page(request, "archive_api/browse.html", {"parts": parts()})


@cache
def parts() -> dict[str, tuple[Operation, ...]]:
    """The operations by the first part of their address; made once for each process, as the schema never changes."""
    found: dict[str, tuple[Operation, ...]] = {}
    for path, methods in described()["paths"].items():
        part = path.removeprefix("/api/").partition("/")[0] or "the root"
        found[part] = (*found.get(part, ()), *_operations(path, methods))
    return found


def _operations(path: str, methods: Mapping[str, Any]) -> Iterator[Operation]:
    for method in METHODS:
        if said := methods.get(method):
            yield Operation(
                name=said["operationId"],
                method=method.upper(),
                path=path,
                meaning=said.get("description", ""),
                parameters=tuple(said.get("parameters", ())),
                samples=tuple(_samples(said.get("requestBody", {}).get("content", {}))),
                answers=tuple(_answers(said["responses"])),
            )


def _answers(responses: Mapping[str, Any]) -> Iterator[Answer]:
    for status, said in sorted(responses.items()):
        yield Answer(status, said.get("description", ""), tuple(_samples(said.get("content", {}))))


def _samples(content: Mapping[str, Any]) -> Iterator[Sample]:
    for media_type, said in content.items():
        for name, example in said.get("examples", {}).items():
            body = json.dumps(example["value"], indent=2, ensure_ascii=False)
            yield Sample(example.get("summary", name), media_type, body)
