"""Examples of what is sent to edit records."""

from __future__ import annotations

from typing import Any

from archive.api.examples import BASE, shown
from archive.api.saying import Example

NEW: dict[str, dict[str, Any]] = {
    "documents": {
        "title": "Letter, Filippov [Stalin] to Mao Zedong",
        "title_language": "en",
        "date": "1950-10-05",
        "original_language": "ru",
        "texts": [{"kind": "translation", "language": "en", "body": "I did not answer at once…"}],
    },
    "agents": {
        "name": "Zhou Enlai",
        "kind": "person",
        "dates": "1898-03-05/1976-01-08",
        "names": [{"value": "Chou En-lai", "language": "en", "kind": "variant"}],
    },
    "places": {"name": "Beijing", "latitude": "39.9075", "longitude": "116.39723", "names": [{"value": "Peking"}]},
    "concepts": {"name": "armistice", "scheme": "subjects"},
    "schemes": {"slug": "korea", "title": "Words for the Korean War"},
    "units": {"level": "fond", "code": "059a", "parent": "w7p3sd9xgq", "title": "Ciphered telegrams"},
    "collections": {"slug": "korea", "title": "The Korean War"},
}
CHANGED: dict[str, dict[str, Any]] = {
    "documents": {"summary": "Stalin urges that Chinese troops be sent.", "summary_language": "en"},
    "agents": {"sort_name": "Zhou, Enlai"},
    "places": {"feature": "PPLC"},
    "concepts": {"notation": "A1"},
    "schemes": {"uri": "https://vocabularies.example.org/korea"},
    "units": {"dates": "1949–1953", "date": "1949/1953"},
    "collections": {"description": "From the outbreak to the armistice."},
}


JOB: dict[str, Any] = {
    "id": 12,
    "url": f"{BASE}/api/curation/jobs/12/",
    "label": "Publish",
    "state": "done",
    "total": 1,
    "documents": {"done": 1},
    "items": [{"document": "letter-1", "state": "done", "message": ""}],
    "created_at": "2025-01-31T12:00:00Z",
    "finished_at": "2025-01-31T12:00:02Z",
}


def whole(noun: str, key: str) -> dict[str, Any]:
    """A record, with those members that are not empty."""
    name = "korea" if key == "slug" else "k3v9tq2xhm"
    return {key: name, "url": f"{BASE}/api/curation/{noun}/{name}/", **NEW[noun]}


def listed(noun: str, key: str, told: tuple[str, ...]) -> list[Example]:
    """A record in a list."""
    record = {"state": "draft", **whole(noun, key)}
    return shown({name: record.get(name, "person") for name in (key, *told, "url")})


def created(noun: str) -> list[Example]:
    """A new record."""
    return [Example("A new one", value=NEW[noun], request_only=True)]


def patched(noun: str) -> list[Example]:
    """A change."""
    return [Example("A change", value=CHANGED[noun], request_only=True)]
