"""The walker: what Presentation 3 asks of a resource, by its JSON Schema and by rules that the schema does not hold.

``problems`` looks at a resource alone. ``leads_to`` tells what has to be found behind its addresses.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

IIIF = Path(settings.BASE_DIR).parent / "shared" / "schemas" / "iiif"
SCHEMA = IIIF / "presentation-3" / "iiif_3_0.json"

Json = dict[str, Any]

#: Behaviors of which a resource can have one at most (Presentation 3, section 3.4).
DISJOINT = (
    {"auto-advance", "no-auto-advance"},
    {"repeat", "no-repeat"},
    {"unordered", "individuals", "continuous", "paged"},
    {"facing-pages", "non-paged"},
    {"multi-part", "together"},
    {"sequence", "thumbnail-nav", "no-nav"},
)
#: Two images of one canvas, or an image and its canvas, may differ so much in their proportions; a choice in more.
UNLIKE, UNLIKE_IN_CHOICE = 0.02, 0.16
_LANGUAGE = re.compile(r"none|[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
_REGION = re.compile(r"xywh=(?:pixel:)?([\d.]+),([\d.]+),([\d.]+),([\d.]+)")


def problems(resource: Json) -> list[str]:
    """Everything that is wrong with a Manifest, a Collection or an AnnotationPage that stands alone."""
    return [*_against_the_schema(resource), *(f"{where}: {what}" for where, what in against_the_rules(resource))]


def _against_the_schema(resource: Json) -> Iterator[str]:
    if not SCHEMA.exists():
        pytest.skip(f"needs the JSON Schema of IIIF Presentation 3 at {SCHEMA}")
    from jsonschema import Draft7Validator

    for error in Draft7Validator(json.loads(SCHEMA.read_text())).iter_errors(resource):
        yield f"{error.json_path}: {error.message[:300]}"


def against_the_rules(resource: Json) -> Iterator[tuple[str, str]]:
    yield from _unique(resource)
    for node in nodes(resource):
        where = f"{node.get('type')} {node.get('id')}"
        yield from ((where, each) for each in (*_languages(node), *_behaviors(node), *_moment(node)))
        if node.get("type") == "Canvas" and "items" in node:
            yield from ((where, each) for each in _canvas(node))
    yield from _structures(resource)
    if resource.get("type") == "Manifest" and not resource.get("items"):
        yield str(resource.get("id")), "has no canvas"


def nodes(value: Any) -> Iterator[Json]:
    """Every object within a resource, itself first."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


# --- what an id names ---


def defined(resource: Json) -> Iterator[Json]:
    """The objects that a resource itself defines, where others only name or borrow one."""
    yield resource
    for key in ("items", "structures", "annotations", "placeholderCanvas", "accompanyingCanvas"):
        inner = resource.get(key, [])
        for part in inner if isinstance(inner, list) else [inner]:
            if isinstance(part, dict) and (_whole(part) or part.get("type") == "Annotation"):
                yield from defined(part)


def _whole(part: Json) -> bool:
    return part.get("type") in {"Canvas", "AnnotationPage", "Range", "Manifest", "Collection"} and "items" in part


def _unique(resource: Json) -> Iterator[tuple[str, str]]:
    """Each id is used once for one thing (section 3.2), and is an address without a fragment where it is a canvas's."""
    counted = Counter(each["id"] for each in defined(resource) if "id" in each)
    yield from ((address, f"is the id of {number} things") for address, number in counted.items() if number > 1)
    for each in defined(resource):
        if each.get("type") == "Canvas" and "#" in each.get("id", ""):
            yield each["id"], "a canvas's id has a fragment"
        if not re.match(r"https?://[^/]+", each.get("id", "")):
            yield f"{each.get('type')} {each.get('id')}", "its id is no address"


# --- what stands in a node ---


def _languages(node: Json) -> Iterator[str]:
    """Keys of language maps are tags of BCP 47, or none (section 4.1); each has a value."""
    maps = [node.get("label"), node.get("summary"), node.get("value")]
    for said in maps:
        if isinstance(said, dict):
            yield from (f"{tag!r} is no language" for tag in said if not _LANGUAGE.fullmatch(tag))
            yield from (f"nothing is said in {tag}" for tag, values in said.items() if not values)


def _behaviors(node: Json) -> Iterator[str]:
    given = set(node.get("behavior", []))
    for group in DISJOINT:
        if len(given & group) > 1:
            yield f"behaves in ways that exclude each other: {sorted(given & group)}"


def _moment(node: Json) -> Iterator[str]:
    given = node.get("navDate")
    if given and datetime.fromisoformat(given).tzinfo is None:
        yield f"navDate {given} has no zone"


# --- canvases ---


def _canvas(canvas: Json) -> Iterator[str]:
    """A canvas has an extent, and what is painted lies on it (sections 5.3 and 5.6)."""
    width, height = canvas.get("width", 0), canvas.get("height", 0)
    if bool(width) != bool(height) or not (width or canvas.get("duration")):
        yield "has no whole extent"
    if min(width, height, canvas.get("duration", 1)) < 0:
        yield "has a negative extent"
    for page in canvas["items"]:
        for annotation in page.get("items", []):
            yield from _painted(canvas, annotation)


def _painted(canvas: Json, annotation: Json) -> Iterator[str]:
    if annotation.get("motivation") not in ("painting", ["painting"]):
        yield f"{annotation.get('id')} among its items does not paint"
    target = annotation.get("target")
    source = target.get("source") if isinstance(target, dict) else target
    source = source.get("id") if isinstance(source, dict) else source
    address, _, fragment = str(source).partition("#")
    if address != canvas["id"]:
        yield f"{annotation.get('id')} paints {address}"
    region = _REGION.search(fragment)
    if region:
        yield from _outside(canvas, *map(float, region.groups()))
    elif target == canvas["id"] and canvas.get("width") and canvas.get("height"):
        yield from _distorted(canvas, annotation)


def _outside(canvas: Json, x: float, y: float, width: float, height: float) -> Iterator[str]:
    if x + width > canvas.get("width", 0) or y + height > canvas.get("height", 0) or not (width and height):
        yield f"something is painted outside of it, at {x:g},{y:g},{width:g},{height:g}"


def _distorted(canvas: Json, annotation: Json) -> Iterator[str]:
    """An image that fills a canvas has its proportions, or what is said of places on it is wrong."""
    body = annotation.get("body")
    choice = isinstance(body, dict) and body.get("type") == "Choice"
    for image in body["items"] if choice else [body]:
        if isinstance(image, dict) and image.get("type") == "Image" and image.get("width") and image.get("height"):
            ratio = image["width"] * canvas["height"] / (image["height"] * canvas["width"])
            if abs(ratio - 1) > (UNLIKE_IN_CHOICE if choice else UNLIKE):
                yield f"{image.get('id')} has other proportions than it"


# --- what refers to what ---


def _structures(resource: Json) -> Iterator[tuple[str, str]]:
    """Ranges, starts and annotations name canvases and ranges that there are."""
    canvases = {each["id"] for each in defined(resource) if each.get("type") == "Canvas" and "id" in each}
    ranges = {each["id"] for each in nodes(resource.get("structures", [])) if each.get("type") == "Range"}
    for each in nodes(resource.get("structures", [])):
        for item in each.get("items", []) if each.get("type") == "Range" else []:
            source = item.get("source", item)
            address = str(source.get("id") if isinstance(source, dict) else source).partition("#")[0]
            if address not in canvases | ranges:
                yield str(each.get("id")), f"refers to {address}, which is not there"
    if resource.get("type") == "Manifest" and "start" in resource:
        start = resource["start"]
        address = str(start.get("source", start.get("id"))).partition("#")[0]
        if address not in canvases:
            yield str(resource.get("id")), f"starts at {address}, which is not there"


def leads_to(resource: Json) -> set[str]:
    """Every address that whoever reads a resource may ask for, services by their description."""
    found: set[str] = set()
    for node in nodes(resource):
        for key in ("seeAlso", "rendering", "homepage", "partOf", "thumbnail", "annotations"):
            found |= {each["id"] for each in node.get(key, []) if isinstance(each, dict)}
        if node.get("type") == "Image":
            found.add(node["id"])
        found |= {
            f"{each['id']}/info.json" for each in node.get("service", []) if each.get("type", "").startswith("ImageS")
        }
        if (
            resource.get("type") == "Collection"
            and node is not resource
            and node.get("type") in {"Manifest", "Collection"}
        ):
            found.add(node["id"])
    return found
