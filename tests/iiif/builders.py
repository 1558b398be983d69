"""Documents as the tests of IIIF need them, and what is asked of every manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from archive.models import ArchivalReference, Document, DocumentEvent, DocumentNumber, Representation
from tests.builders import a_collection, a_document, a_sender, published
from tests.iiif import walker


def a_telegram(**fields: Any) -> Document:
    """A published telegram with everything that a manifest says of one."""
    fields = {
        "title": "Ciphered telegram, Filippov [Stalin] to Zhou Enlai",
        "title_language": "en",
        "date": "1950-07-13",
        "date_verbatim": "July 13, 1950",
        "original_language": "ru",
        "summary": "Stalin answers the English protest.",
        "summary_language": "en",
        "distribution": "Stalin (2), Molotov",
        "distribution_possibly_truncated": True,
        "citation": "“Ciphered telegram”, July 13, 1950",
        "rights": "Reuse for research is welcome.",
        "rights_uri": "https://creativecommons.org/licenses/by/4.0/",
        "source_url": "https://digitalarchive.example.org/document/110692",
        "statements": [{"term": "rightsHolder", "value": "An archive", "language": "en"}],
        **fields,
    }
    document = a_document(**fields)
    a_sender(document)
    DocumentNumber.objects.create(document=document, kind="telegram", value="3305")
    DocumentEvent.objects.create(document=document, kind="sent", date="1950-07-13T03:15", verbatim="Sent 03:15")
    ArchivalReference.objects.create(document=document, verbatim="APRF, Fond 45, Opis 1, Delo 331, List 85")
    document.collections.add(a_collection())
    return published(document)


def manifest_of(document: Document) -> dict[str, Any]:
    """The manifest that is stored."""
    return json.loads(bytes(Representation.objects.get(document=document, format="manifest").content))


def assert_valid(resource: dict[str, Any]) -> None:
    """What the JSON Schema of Presentation 3 asks, and the rules that it does not hold."""
    assert walker.problems(resource) == []


def ids(value: Any) -> Iterator[str]:
    """Every id in a resource, in order."""
    if isinstance(value, dict):
        if "id" in value:
            yield value["id"]
        for part in value.values():
            yield from ids(part)
    elif isinstance(value, list):
        for part in value:
            yield from ids(part)
