"""Examples for the schema: answers about two documents of the demo."""

from __future__ import annotations

from typing import Any

from archive.api.saying import Example

BASE = "http://127.0.0.1:8000"

SUMMARY: dict[str, Any] = {
    "identifier": "110692",
    "uri": f"{BASE}/documents/110692",
    "url": f"{BASE}/api/documents/110692/",
    "title": {"value": "Ciphered telegram, Roshchin to Filippov [Stalin]", "language": "en"},
    "date": {
        "edtf": "1950-10-13",
        "verbatim": "October 13, 1950",
        "earliest": "1950-10-13",
        "latest": "1950-10-13",
    },
    "summary": {"value": "Mao Zedong will send troops after all.", "language": "en"},
    "original_language": "ru",
    "languages": ["en"],
    "collections": [{"slug": "telegrams", "uri": f"{BASE}/collections/telegrams", "title": "Telegrams"}],
    "published_at": "2025-01-31T12:00:00Z",
    "representations": [
        {
            "format": "jsonld",
            "media_type": "application/ld+json",
            "url": f"{BASE}/documents/110692.jsonld",
            "changed_at": "2025-01-31T12:00:00Z",
        }
    ],
}
FOUND: dict[str, Any] = {
    **SUMMARY,
    "excerpts": [
        {
            "field": "text",
            "language": "en",
            "parts": [{"text": "the obligation to send ", "hit": False}, {"text": "troops", "hit": True}],
        }
    ],
}
_TEXT: dict[str, Any] = {
    "kind": "translation",
    "language": "en",
    "body": "In addition to my No. 2406, Mao Zedong went on to say: …",
    "method": "human",
    "made_by": "A. Translator",
    "licence_uri": "",
}
TEXT: dict[str, Any] = {**_TEXT, "number": 1, "document": "110692"}
_PAGE: dict[str, Any] = {
    "identifier": "110692.1",
    "kind": "typeset",
    "width": 1984,
    "height": 2806,
    "language": "en",
}
PAGE: dict[str, Any] = {**_PAGE, "lines": [{"text": "No. 2408", "x": 301, "y": 880, "width": 142, "height": 27}]}
DOCUMENT: dict[str, Any] = {
    **SUMMARY,
    "numbers": [{"kind": "telegram", "value": "25629"}],
    "events": [
        {
            "kind": "sent",
            "edtf": "1950-10-13T09:15",
            "place": "Beijing",
            "destination": "",
            "agent": "",
            "note": "",
            "verbatim": "sent 13.10.50, 9:15",
        }
    ],
    "contributions": [
        {
            "role": "sender",
            "name": "Roshchin, Nikolai",
            "as_written": "Roshchin",
            "agent_identifier": "k3v9tq2xhm",
            "agent_uri": f"{BASE}/agents/k3v9tq2xhm",
            "agent_kind": "person",
            "certain": True,
            "copies": None,
        }
    ],
    "subjects": [
        {
            "relation": "written at",
            "kind": "place",
            "name": "Beijing",
            "identifier": "b4n7w2zrkc",
            "uri": f"{BASE}/places/b4n7w2zrkc",
            "certain": True,
        }
    ],
    "relations": [
        {
            "kind": "reply to",
            "identifier": "110693",
            "uri": f"{BASE}/documents/110693",
            "title": "Ciphered telegram, Filippov [Stalin] to Mao Zedong",
        }
    ],
    "distribution": "",
    "distribution_copies": None,
    "distribution_possibly_truncated": False,
    "texts": [_TEXT],
    "summaries": [],
    "references": [
        {
            "repository": "AVP RF",
            "fond": "059a",
            "opis": "5a",
            "delo": "3",
            "papka": "11",
            "listy": "118",
            "verbatim": "AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, List 118",
            "understood": True,
        }
    ],
    "citation": "",
    "rights": "",
    "rights_uri": "http://rightsstatements.org/vocab/CNE/1.0/",
    "rights_holder": "",
    "source_url": "",
    "pages": [_PAGE],
    "statements": [{"term": "subject", "value": "Korean War", "language": "en", "uri": ""}],
}
COLLECTION: dict[str, Any] = {
    "slug": "telegrams",
    "uri": f"{BASE}/collections/telegrams",
    "title": "Telegrams",
    "description": "",
    "parent": None,
    "documents": f"{BASE}/api/documents/?collection=telegrams",
}


def _thing(kind: str, identifier: str, parameter: str) -> dict[str, Any]:
    return {
        "identifier": identifier,
        "uri": f"{BASE}/{kind}s/{identifier}",
        "url": f"{BASE}/api/{kind}s/{identifier}/",
        "documents": f"{BASE}/api/documents/?{parameter}={identifier}",
    }


AGENT: dict[str, Any] = {
    **_thing("agent", "k3v9tq2xhm", "person"),
    "kind": "person",
    "name": "Roshchin, Nikolai",
    "dates": "1901/1960",
    "names": [{"value": "Рощин", "language": "ru", "kind": "variant"}],
    "links": [],
}
PLACE: dict[str, Any] = {
    **_thing("place", "b4n7w2zrkc", "place"),
    "name": "Beijing",
    "feature": "PPLC",
    "latitude": "39.9075",
    "longitude": "116.39723",
    "broader": "",
    "names": [{"value": "北京", "language": "zh", "kind": ""}],
    "links": [{"uri": "https://sws.geonames.org/1816670/", "relation": "exactMatch"}],
}
CONCEPT: dict[str, Any] = {
    **_thing("concept", "t9x4fh6mzp", "concept"),
    "name": "telegram",
    "notation": "",
    "scheme": "",
    "scheme_title": "Document types",
    "broader": [],
    "narrower": [],
    "related": [],
    "names": [],
    "links": [],
}
SCHEME: dict[str, Any] = {
    "slug": "document-types",
    "title": "Document types",
    "description": "",
    "uri": "",
    "concepts": f"{BASE}/api/concepts/?scheme=document-types",
}
UNIT: dict[str, Any] = {
    **_thing("unit", "v2c8kd5rnb", "unit"),
    "level": "fond",
    "code": "059a",
    "title": "",
    "dates": "",
    "date": "",
    "extent": "",
    "description": "",
    "statements": [],
    "above": [
        {
            "identifier": "w7p3sd9xgq",
            "uri": f"{BASE}/units/w7p3sd9xgq",
            "level": "repository",
            "code": "AVP RF",
            "title": "",
        }
    ],
    "units": f"{BASE}/api/units/?parent=v2c8kd5rnb",
}


ACCESSION: dict[str, Any] = {
    "id": 12,
    "url": f"{BASE}/api/accessions/12/",
    "state": "done",
    "cancel_requested": False,
    "created_at": "2025-01-31T12:00:00Z",
    "created_by": "cataloguer",
    "finished_at": "2025-01-31T12:00:09Z",
    "dry_run": False,
    "look_first": False,
    "publish": False,
    "collection": "telegrams",
    "mapping": "",
    "progress": {"of": "documents", "done": 1, "total": 1, "per_second": None, "seconds_left": None},
    "files": {"read": 1},
    "documents": {"created": 1},
    "undo": None,
    "links": {"files": f"{BASE}/api/accessions/12/files/"},
}
FILE: dict[str, Any] = {
    "id": 34,
    "name": "telegram.txt",
    "state": "read",
    "reason": "",
    "reader": "page_text",
    "reader_version": "1",
    "documents": 1,
    "notices": [],
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "size": 1824,
}
ITEM: dict[str, Any] = {
    "id": 56,
    "file": "telegram.txt",
    "part": 0,
    "state": "created",
    "would_be": "",
    "reason": "",
    "identity": "digitalarchive:110692",
    "document": "110692",
}
REPORT: dict[str, Any] = {"source": "telegram.txt", "part": 0, "outcome": "created", "identifier": "110692"}
DONE: dict[str, Any] = {"count": 1, "accession": ACCESSION}
FORESEEN: dict[str, Any] = {
    "total": 1,
    "documents": [{"identifier": "110692", "title": "Telegram", "outcome": "deleted", "reason": ""}],
    "unseen": 0,
}


def shown(value: dict[str, Any], status: int = 200) -> list[Example]:
    """One answer, for the schema."""
    return [Example("An answer", value=value, response_only=True, status_codes=[str(status)])]
