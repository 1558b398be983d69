"""The manifest of a document, built as plain data and checked by iiif-prezi3.

Runs in workers alone. iiif-prezi3 (3.1) judges it, and its lists are never added to, which is slow. What is served is
what was handed to it: its own JSON cuts ``+00:00`` off any text with a T in it, writes addresses in another way, and
leaves out properties that it does not know without a word.
"""

from __future__ import annotations

import json
import re
from typing import Any

from iiif_prezi3 import Canvas, Manifest

from archive.description import Description
from iiif.presentation import addresses, links
from iiif.presentation.canvases import canvases_of, leaves_of, ranges_of, thumbnail_of
from iiif.presentation.metadata import pairs
from iiif.presentation.words import LanguageMap, in_english, in_language, in_languages, plain
from iiif.rights import admitted
from iiif.search import services

CONTEXT = "http://iiif.io/api/presentation/3/context.json"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

TYPESET = "Pages marked as typeset were set from the transcript by the archive; they are not scans of the original."

#: Dublin Core terms by which a curator says the title and the summary in further languages.
_TITLES = {"title", "alternative"}
_SUMMARIES = {"abstract", "description"}


def manifest_of(description: Description) -> bytes:
    """The manifest as JSON-LD.

    :raises pydantic.ValidationError: where something does not fit the Presentation API.
    """
    said = built(description)
    check(said)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def check(said: dict[str, Any]) -> None:
    """Let iiif-prezi3 judge a manifest: each canvas by itself, and the whole with its first one.

    All at once, five hundred canvases take more than five times what a hundred take, because Python looks through
    all objects that are alive again and again.

    :raises pydantic.ValidationError: where something does not fit the Presentation API.
    """
    for canvas in said["items"][1:]:
        Canvas.model_validate(canvas)
    Manifest.model_validate({**said, "items": said["items"][:1]})


def built(description: Description) -> dict[str, Any]:
    """The manifest, in the order in which the specification tells its properties."""
    leaves = leaves_of(description)
    title = in_language(description.title.language, description.title.value)
    said = {
        "@context": CONTEXT,
        "id": addresses.manifest(description.identifier),
        "type": "Manifest",
        "label": _label(description),
        "metadata": [{"label": label, "value": value} for label, value in pairs(description)],
        "summary": _summary(description),
        "requiredStatement": _required_statement(description),
        "rights": admitted(description.rights_uri),
        "navDate": _nav_date(description),
        "provider": links.provider(),
        **links.homepage(description.uri, title),
        "seeAlso": list(links.see_also(description)),
        "rendering": list(links.renderings(description)),
        "service": list(services.of_document(description.identifier)),
        "partOf": links.part_of(description),
        "thumbnail": [thumbnail_of(leaves[0].scan or leaves[0].page)],
        "behavior": _behavior(len(leaves)),
        "items": canvases_of(description, leaves),
        "structures": ranges_of(description, leaves),
    }
    return {key: value for key, value in said.items() if value}


def _label(description: Description) -> LanguageMap:
    """The title in every language there is, the document's own first."""
    own = (description.title.language, description.title.value)
    return in_languages([own, *_further(description, _TITLES, own[0])])


def _summary(description: Description) -> LanguageMap | None:
    own: dict[str, str] = {}
    for each in description.abstracts:
        own.setdefault(each.language, each.value)
    said = [*own.items(), *_further(description, _SUMMARIES, *own)]
    return in_languages((language, plain([value])[0]) for language, value in said) if said else None


def _further(description: Description, terms: set[str], *own: str) -> list[tuple[str, str]]:
    """What curators have said in another language than the document's own; the first of each language."""
    found: dict[str, str] = {}
    for each in description.statements:
        if each.term in terms and each.value and each.language and each.language not in own:
            found.setdefault(each.language, each.value)
    return list(found.items())


def _required_statement(description: Description) -> dict[str, LanguageMap] | None:
    """What must be shown. All under one language key, because a viewer shows the values of one key only."""
    typeset = any(page.kind == "typeset" for page in description.pages)
    said = [*([TYPESET] if typeset else []), *([description.rights] if description.rights else [])]
    if not said:
        return None
    return {"label": in_english("Attribution and rights"), "value": in_language("", *plain(said))}


def _nav_date(description: Description) -> str | None:
    """Midnight of the document's day, in UTC; None where the day is not known for certain."""
    edtf = description.date.edtf
    return f"{edtf}T00:00:00Z" if _DAY.fullmatch(edtf) else None


def _behavior(canvases: int) -> list[str]:
    """Several pages are leaves of paper, one after the other; no page faces another."""
    return ["individuals"] if canvases > 1 else []
