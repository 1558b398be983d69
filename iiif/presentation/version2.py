"""Version 2: a manifest as Presentation 2.1 tells it, made of the one of Presentation 3.

What 2.1 has no word for (navigation by date of single pages, text granularity) is left out; what it has in another
form is put into that.
"""

from __future__ import annotations

import json
from typing import Any

from iiif.presentation import addresses

CONTEXT = "http://iiif.io/api/presentation/2/context.json"
MEDIA_TYPE = f'application/ld+json;profile="{CONTEXT}"'
_IMAGE = {"@context": "http://iiif.io/api/image/2/context.json", "profile": "http://iiif.io/api/image/2/level2.json"}

Json = dict[str, Any]


def turned(manifest: bytes, *, address: str) -> bytes:
    """A stored manifest of Presentation 3 as one of 2.1 that is found at ``address``."""
    return json.dumps(manifest_2(json.loads(manifest), address), ensure_ascii=False, separators=(",", ":")).encode()


def manifest_2(said: Json, address: str) -> Json:
    """The same, as data."""
    found = {
        "@context": CONTEXT,
        "@id": address,
        "@type": "sc:Manifest",
        "label": _values(said["label"]),
        "metadata": [
            {"label": _values(pair["label"]), "value": _values(pair["value"])} for pair in said.get("metadata", [])
        ],
        "description": _values(said.get("summary")),
        "attribution": _values(said.get("requiredStatement", {}).get("value")),
        "license": said.get("rights"),
        "navDate": said.get("navDate"),
        "viewingHint": next(iter(said.get("behavior", [])), None),
        "related": [_related(each) for each in said.get("homepage", [])],
        "seeAlso": [_link(each) for each in said.get("seeAlso", [])],
        "rendering": [_link(each) for each in said.get("rendering", [])],
        "within": [each["id"] for each in said.get("partOf", [])],
        "thumbnail": _image(said["thumbnail"][0]) if said.get("thumbnail") else None,
        "service": [each for each in said.get("service", []) if "@id" in each],
        "sequences": [
            {
                "@id": f"{address.removesuffix('/manifest')}/sequence/normal",
                "@type": "sc:Sequence",
                "canvases": [_canvas(each) for each in said["items"]],
            }
        ],
        "structures": [_range(each) for each in said.get("structures", [])],
    }
    return {key: value for key, value in found.items() if value}


def _canvas(canvas: Json) -> Json:
    found = {
        "@id": canvas["id"],
        "@type": "sc:Canvas",
        "label": _values(canvas["label"]),
        "height": canvas["height"],
        "width": canvas["width"],
        "thumbnail": _image(canvas["thumbnail"][0]),
        "seeAlso": [_link(each) for each in canvas.get("seeAlso", [])],
        "rendering": [_link(each) for each in canvas.get("rendering", [])],
        "images": [_painted(each) for page in canvas["items"] for each in page["items"]],
        "otherContent": [
            {"@id": f"{each['id']}/2", "@type": "sc:AnnotationList", "label": _values(each["label"])}
            for each in canvas.get("annotations", [])
        ],
    }
    return {key: value for key, value in found.items() if value}


def _painted(annotation: Json) -> Json:
    body = annotation["body"]
    if body["type"] == "Choice":
        first, *others = (_image(each) for each in body["items"])
        resource: Json = {"@type": "oa:Choice", "default": first, "item": others}
    else:
        resource = _image(body)
    return {
        "@id": annotation["id"],
        "@type": "oa:Annotation",
        "motivation": "sc:painting",
        "resource": resource,
        "on": annotation["target"],
    }


def _image(image: Json) -> Json:
    told = image["service"][0]
    service = addresses.image_service_2(told["id"]) if "id" in told else told["@id"]
    found = {
        "@id": image["id"],
        "@type": "dctypes:Image",
        "label": _values(image.get("label")),
        "format": image["format"],
        "height": image["height"],
        "width": image["width"],
        "service": {"@id": service, **_IMAGE},
    }
    return {key: value for key, value in found.items() if value}


def _range(part: Json) -> Json:
    return {
        "@id": part["id"],
        "@type": "sc:Range",
        "label": _values(part["label"]),
        "canvases": [each["id"] for each in part["items"]],
    }


def _link(link: Json) -> Json:
    found = {
        "@id": link["id"],
        "label": _values(link.get("label")),
        "format": link.get("format"),
        "profile": link.get("profile"),
    }
    return {key: value for key, value in found.items() if value}


def _related(homepage: Json) -> Json:
    return {"@id": homepage["id"], "format": "text/html", "label": _values(homepage["label"])}


def _values(said: dict[str, list[str]] | None) -> Any:
    """A language map as 2.1 has it: a string, or values with their languages."""
    values: list[Any] = [
        value if language == "none" else {"@value": value, "@language": language}
        for language, of_language in (said or {}).items()
        for value in of_language
    ]
    return values[0] if len(values) == 1 else values
