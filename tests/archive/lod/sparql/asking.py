"""Asking the endpoint."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from archive.models import Document, Representation
from tests.archive.builders import stored
from tests.builders import a_document

JSON = "application/sparql-results+json"
ADDRESS = "/sparql"


def get(query: str, *, accept: str = JSON, client: str = "192.0.2.1", **parameters: Any):
    """Ask with GET."""
    address = f"{ADDRESS}?{urlencode({'query': query, **parameters}, doseq=True)}"
    return Client().get(address, headers={"Accept": accept}, REMOTE_ADDR=client)


def rows(query: str, **parameters: Any) -> list[dict[str, str]]:
    """The rows that a SELECT finds, with the plain values."""
    answer = get(query, **parameters)
    assert answer.status_code == 200, answer.content
    found = json.loads(answer.content)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def a_graph(identifier: str, title: str = "Telegram") -> Representation:
    """The triples of a public document, as if it had been published."""
    public = {"state": Document.State.PUBLISHED, "published_at": timezone.now()}
    document = a_document(identifier, title=title, **public)
    subject = f"https://archive.example.org/documents/{identifier}"
    rico, dcterms = "https://www.ica.org/standards/RiC/ontology#", "http://purl.org/dc/terms/"
    lines = [
        f"<{subject}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{rico}Record> .",
        f'<{subject}> <{dcterms}title> "{title}" .',
        *(f'<{subject}#part-{number}> <{rico}note> "{number}" .' for number in range(30)),
    ]
    return stored(document, "ntriples", "\n".join([*lines, ""]).encode())
