"""The walker accepts the examples of the IIIF Cookbook, and refuses the same when something breaks."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.iiif import walker

COOKBOOK = sorted((walker.IIIF / "cookbook").glob("*/*.json"))
#: Annotations that stand alone, which no manifest of ours has.
ANNOTATIONS = {"0485-contentstate-canvas-region/annotation.json", "0599-drag-and-drop/manifest.json"}
RECIPES = [path for path in COOKBOOK if "/".join(path.parts[-2:]) not in ANNOTATIONS]

if not COOKBOOK:
    pytest.skip(f"needs the IIIF Cookbook at {walker.IIIF / 'cookbook'}", allow_module_level=True)


def recipe(path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def named(path) -> str:
    return "/".join(path.parts[-2:])


@pytest.mark.parametrize("path", RECIPES, ids=named)
def test_recipe_is_accepted(path):
    assert walker.problems(recipe(path)) == []


# --- broken variants: each changes a manifest, and says whether there was anything to break ---

MANIFESTS = [path for path in RECIPES if recipe(path)["type"] == "Manifest"]


def without_label(manifest):
    del manifest["label"]


def label_that_is_a_string(manifest):
    manifest["label"] = "A book"


def label_in_no_language(manifest):
    manifest["label"] = {"no language": ["A book"]}


def label_with_nothing_said(manifest):
    manifest["label"] = {"en": []}


def without_items(manifest):
    manifest["items"] = []


def id_that_is_no_address(manifest):
    manifest["id"] = "book1"


def same_canvas_twice(manifest):
    manifest["items"].append(copy.deepcopy(manifest["items"][0]))


def canvas_named_by_a_fragment(manifest):
    manifest["items"][0]["id"] += "#1"


def canvas_without_height(manifest):
    canvas = next(each for each in manifest["items"] if "width" in each)
    del canvas["height"]


def canvas_of_no_width(manifest):
    next(each for each in manifest["items"] if "width" in each)["width"] = 0


def canvas_of_other_proportions(manifest):
    canvas = next(
        each
        for each in manifest["items"]
        if each.get("items") and isinstance(body := each["items"][0]["items"][0]["body"], dict)
        and body.get("type") == "Image" and "width" in body
        and each["items"][0]["items"][0]["target"] == each["id"]
    )  # fmt: skip
    canvas["width"] *= 2


def painting_on_another_canvas(manifest):
    manifest["items"][0]["items"][0]["items"][0]["target"] = "https://example.org/elsewhere"


def painting_outside(manifest):
    canvas = next(each for each in manifest["items"] if "width" in each and each.get("items"))
    annotation = canvas["items"][0]["items"][0]
    annotation["target"] = f"{canvas['id']}#xywh=0,0,{canvas['width'] + 1},10"


def comment_among_the_paintings(manifest):
    manifest["items"][0]["items"][0]["items"][0]["motivation"] = "commenting"


def behaviors_that_exclude_each_other(manifest):
    manifest["behavior"] = ["paged", "continuous"]


def navigation_date_without_a_zone(manifest):
    manifest["navDate"] = "1950-07-13T00:00:00"


def range_to_nowhere(manifest):
    item = {"id": "https://example.org/nowhere", "type": "Canvas"}
    named = {"id": "https://example.org/range", "type": "Range", "label": {"en": ["A part"]}, "items": [item]}
    manifest["structures"] = [named]


def start_at_nowhere(manifest):
    manifest["start"] = {"id": "https://example.org/nowhere", "type": "Canvas"}


def rights_in_words(manifest):
    manifest["rights"] = "All rights reserved"


BREAKING: tuple[Callable[[dict[str, Any]], None], ...] = (
    without_label, label_that_is_a_string, label_in_no_language, label_with_nothing_said, without_items,
    id_that_is_no_address, same_canvas_twice, canvas_named_by_a_fragment, canvas_without_height, canvas_of_no_width,
    canvas_of_other_proportions, painting_on_another_canvas, painting_outside, comment_among_the_paintings,
    behaviors_that_exclude_each_other, navigation_date_without_a_zone, range_to_nowhere, start_at_nowhere,
    rights_in_words,
)  # fmt: skip


@pytest.mark.parametrize("broken", BREAKING, ids=lambda each: each.__name__)
def test_broken_recipe_is_refused(broken):
    tried = 0
    for path in MANIFESTS:
        manifest = recipe(path)
        try:
            broken(manifest)
        except (StopIteration, KeyError, IndexError):  # the recipe has nothing of the kind
            continue
        tried += 1
        # The rules are quick, the schema is not.
        assert list(walker.against_the_rules(manifest)) or walker.problems(manifest), path
    assert tried > 10
