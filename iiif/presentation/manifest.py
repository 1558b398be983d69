"""The manifest of a document, built and checked by iiif-prezi3.

Runs in workers alone: only this module and ``canvases`` import iiif-prezi3, and only the renderer imports
them. Three faults of the library (3.1) are kept out here: its ``json()`` cuts ``+00:00`` off any text with a
T in it, it rewrites addresses, and it drops properties that it does not know without a word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from django.apps import apps
from iiif_prezi3 import Homepage, KeyValueString, Manifest, Provider
from pydantic import AnyUrl

from archive import uris
from archive.conf import conf
from archive.description import Description
from archive.representations import registry
from iiif.presentation import addresses
from iiif.presentation.canvases import canvases_of, thumbnail_of
from iiif.presentation.metadata import pairs
from iiif.presentation.words import in_english, in_language, plain

CONTEXT = "http://iiif.io/api/presentation/3/context.json"

#: Who alone may stand in ``rights`` (section 3.2). Both give their URIs with http.
_RIGHTS = re.compile(
    r"https?://(?:www\.)?"
    r"(?P<uri>creativecommons\.org/(?:licenses|publicdomain)/[\w./-]+|rightsstatements\.org/vocab/[\w./-]+)"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

TYPESET = "Pages marked as typeset were set from the transcript by the archive; they are not scans of the original."


def manifest_of(description: Description) -> bytes:
    """The manifest as JSON-LD.

    :raises pydantic.ValidationError: where something does not fit the Presentation API.
    """
    return _serialised(
        Manifest(
            id=addresses.manifest(description.identifier),
            label=in_language(description.title.language, description.title.value),
            metadata=[KeyValueString(label=label, value=value) for label, value in pairs(description)] or None,
            summary=_summary(description),
            requiredStatement=_required_statement(description),
            rights=_rights(description),
            navDate=_nav_date(description),
            provider=[_provider()],
            homepage=_homepage(description),
            seeAlso=list(_see_also(description)) or None,
            partOf=_part_of(description),
            thumbnail=[thumbnail_of(description.pages[0])],
            items=canvases_of(description),
        )
    )


def _summary(description: Description) -> Any:
    summary = description.summary
    return in_language(summary.language, *plain([summary.value])) if summary.value else None


def _required_statement(description: Description) -> KeyValueString | None:
    """What must be shown. All under one language key, because a viewer shows the values of one key only."""
    typeset = any(page.kind == "typeset" for page in description.pages)
    said = [*([TYPESET] if typeset else []), *([description.rights] if description.rights else [])]
    if not said:
        return None
    return KeyValueString(label=in_english("Attribution and rights"), value=in_language("", *plain(said)))


def _rights(description: Description) -> str | None:
    known = _RIGHTS.fullmatch(description.rights_uri)
    return f"http://{known['uri']}" if known else None


def _nav_date(description: Description) -> datetime | None:
    """Midnight of the document's day, in UTC; None where the day is not known for certain."""
    if not _DAY.fullmatch(description.date.edtf):
        return None
    return datetime.combine(date.fromisoformat(description.date.edtf), time(), UTC)


def _provider() -> Provider:
    home, name = uris.absolute("/"), in_language("", conf().REPOSITORY_NAME)
    return Provider(id=home, label=name, homepage=[Homepage(id=home, type="Text", label=name, format="text/html")])


def _homepage(description: Description) -> list[Homepage] | None:
    """The page of the document, where this site has pages at all."""
    if not apps.is_installed("archive.web"):
        return None
    label = in_language(description.title.language, description.title.value)
    return [Homepage(id=description.uri, type="Text", label=label, format="text/html")]


def _see_also(description: Description) -> Iterator[dict[str, Any]]:
    """The document in every format that its own address offers, in alphabetical order."""
    for renderer in sorted(registry.negotiable(), key=lambda renderer: renderer.extension):
        yield {
            "id": f"{description.uri}.{renderer.extension}",
            "type": "Dataset",
            "label": in_english(f"The description as {renderer.format}"),
            "format": renderer.media_type,
        }


def _part_of(description: Description) -> list[dict[str, Any]] | None:
    collections = [
        {"id": addresses.collection(each.slug), "type": "Collection", "label": in_language("", each.title)}
        for each in description.collections
    ]
    return collections or None


def _serialised(manifest: Manifest) -> bytes:
    """JSON of exactly what was said.

    Not by ``manifest.json()``, which turns a label "Telegram +00:00" into "Telegram Z".
    """
    said = manifest.model_dump(mode="json", by_alias=True, exclude_none=True)
    base = conf().PUBLIC_BASE_URL.rstrip("/")
    said = _with_addresses_as_given(said, rewritten=str(AnyUrl(base)).rstrip("/"), given=base)
    return json.dumps({"@context": CONTEXT, **said}, ensure_ascii=False, separators=(",", ":")).encode()


def _with_addresses_as_given(value: Any, *, rewritten: str, given: str) -> Any:
    """Undo what pydantic does to the base of our addresses.

    It drops default ports, lowers case and writes internationalised host names in punycode; an id that
    differs by one letter from the address it is served at is another id.
    """
    if isinstance(value, dict):
        return {
            key: given + part.removeprefix(rewritten)
            if key in {"id", "target"} and isinstance(part, str) and part.startswith(rewritten + "/")
            else _with_addresses_as_given(part, rewritten=rewritten, given=given)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [_with_addresses_as_given(part, rewritten=rewritten, given=given) for part in value]
    return value
