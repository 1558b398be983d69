"""Links: where else a document is found, in which formats, and what it is part of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.apps import apps

from archive import alto, uris
from archive.conf import conf
from archive.description import Description, UnitDescription
from archive.representations import Renderer, registry
from iiif.presentation import addresses
from iiif.presentation.words import LanguageMap, in_english, in_every_language, in_language

#: Characters of a text that show whether there is one.
LITTLE = 200


def homepage(address: str, label: LanguageMap) -> dict[str, Any]:
    """The homepages of anything that has a page on this site, where the site has pages at all."""
    if not apps.is_installed("archive.web"):
        return {}
    return {"homepage": [{"id": address, "type": "Text", "label": label, "format": "text/html"}]}


def provider() -> list[dict[str, Any]]:
    """The archive."""
    home, name = uris.absolute("/"), in_every_language(conf().REPOSITORY_NAME)
    page = {"id": home, "type": "Text", "label": name, "format": "text/html"}
    return [{"id": home, "type": "Agent", "label": name, "homepage": [page]}]


def see_also(description: Description) -> Iterator[dict[str, Any]]:
    """The document in every format that its own address offers, then in those that harvesters are given."""
    for renderer in sorted(registry.negotiable(), key=lambda renderer: renderer.extension):
        yield {
            "id": f"{description.uri}.{renderer.extension}",
            "type": "Dataset",
            "label": in_english(f"The description as {renderer.format}"),
            "format": renderer.media_type,
        }
    if apps.is_installed("harvest"):
        little = _little(description)
        for renderer in registry:
            yield from _harvested(little, renderer)


def _little(description: Description) -> Description:
    """As much of a document as a format needs to know whether it has anything to say of it."""
    pages = tuple(replace(page, lines=page.lines[:1]) for page in description.pages[:1])
    texts = tuple(replace(text, body=text.body.strip()[:LITTLE]) for text in description.texts)
    return replace(description, pages=pages, texts=texts)


def _harvested(description: Description, renderer: Renderer) -> Iterator[dict[str, Any]]:
    """A format with a namespace is one that harvesters are given; one that has nothing to say is passed over."""
    namespace = getattr(renderer, "namespace", "")
    if not namespace or renderer.extension or renderer.render(description) is None:
        return
    record = f"oai:{conf().OAI_NAMESPACE}:{description.identifier}"
    asked = urlencode({"verb": "GetRecord", "metadataPrefix": renderer.format, "identifier": record})
    yield {
        "id": f"{uris.to('harvest:oai')}?{asked}",
        "type": "Dataset",
        "label": in_english(f"The description as {renderer.format}"),
        "format": "text/xml",
        "profile": namespace,
    }


def renderings(description: Description) -> Iterator[dict[str, Any]]:
    """The document in other forms to read: its typeset pages as PDF, its texts plain, its words with their places."""
    if any(page.kind == "typeset" for page in description.pages):
        yield {
            "id": addresses.pdf(description.identifier),
            "type": "Text",
            "label": in_english("The typeset pages as PDF"),
            "format": "application/pdf",
        }
    if any(text.body.strip() for text in description.texts):
        yield {
            "id": addresses.text(description.identifier),
            "type": "Text",
            "label": in_english("Plain text"),
            "format": "text/plain",
        }
    if any(page.lines for page in description.pages):
        yield {
            "id": addresses.alto_of(description.identifier),
            "type": "Text",
            "label": in_english("Lines and words with their places (ALTO)"),
            "format": alto.MEDIA_TYPE,
        }


def part_of(description: Description) -> list[dict[str, Any]]:
    """The collections of the document, and the archival units that it is kept in."""
    return [
        *(
            _collection(addresses.collection(each.slug), in_language("", each.title))
            for each in description.collections
        ),
        *(_collection(addresses.unit(unit.identifier), _unit_label(unit)) for unit in _leaves(description)),
    ]


def _leaves(description: Description) -> Iterator[UnitDescription]:
    """The lowest unit of each reference, once."""
    seen: set[str] = set()
    for reference in description.references:
        if reference.units and reference.units[-1].identifier not in seen:
            seen.add(reference.units[-1].identifier)
            yield reference.units[-1]


def _unit_label(unit: UnitDescription) -> LanguageMap:
    return unit_label(unit.level, unit.code, unit.title)


def unit_label(level: str, name: str, title: str) -> LanguageMap:
    """What a unit is called: ``fond 45. Stalin``."""
    said = name if level == "repository" else f"{level} {name}"
    return in_every_language(f"{said}. {title}" if title and title != name else said)


def _collection(address: str, label: LanguageMap) -> dict[str, Any]:
    return {"id": address, "type": "Collection", "label": label}
