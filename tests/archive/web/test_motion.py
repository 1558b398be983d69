"""Nothing moves of itself before readers who asked their machine for less motion.

The rule is the strict one: what moves is said only where a reader has no preference (Media Queries 5, section 12.1),
and not taken back where there is one. What others have made (the viewer) is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.words import ROOT

APPS = ("archive", "harvest", "iiif")
WITHOUT_PREFERENCE = re.compile(r"^@media \(prefers-reduced-motion:\s*no-preference\)$")
#: Properties that move something, and their values that move nothing.
MOVES = re.compile(r"(?:-\w+-)?(?:animation|transition|view-transition)(?:-[-a-z]+)?|scroll-behavior")
STILL = re.compile(r"none|auto|initial|unset|0m?s")
#: What moves by a script: an option of the ways to scroll, and the interfaces for animations and transitions.
MOVED = re.compile(
    r"[\"'`]smooth[\"'`]|\.animate\(|new Animation\(|startViewTransition|\.style\.(?:animation|transition)"
)
ASKED = re.compile(
    r"const (?P<name>\w+) = (?:window\.)?matchMedia\("
    r"[\"'`]\(prefers-reduced-motion: no-preference\)[\"'`]\)\.matches;"
)


def ours(*endings: str) -> list[Path]:
    """Files below the static folders and the templates of our apps, without what others have made."""
    found = [
        path
        for app in APPS
        for folder in ("static", "templates")
        for within in (ROOT / app).rglob(folder)
        for path in within.rglob("*")
        if path.suffix in endings and "vendor" not in path.parts
    ]
    return sorted(set(found))


def declarations(sheet: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each declaration of a style sheet: the rules around it from the outermost in, its property, its value."""
    around: list[str] = []
    for said, end in re.findall(r"([^{};]*)([{};])", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        if end == "{":
            around.append(" ".join(said.split()))
            continue
        name, colon, value = said.partition(":")
        if colon:
            yield tuple(around), name.strip(), value.strip()
        if end == "}":
            around.pop()


def moving(sheet: str) -> list[str]:
    """What a style sheet moves before everybody."""
    return [
        f"{' '.join(around)} {{ {name}: {value} }}"
        for around, name, value in declarations(sheet)
        if MOVES.fullmatch(name)
        and not STILL.fullmatch(value.removesuffix("!important").strip())
        and not any(WITHOUT_PREFERENCE.match(each) for each in around)
    ]


def moved(script: str) -> list[str]:
    """The lines of a script that move something, and do not choose to by what it has asked the machine."""
    asked = [found["name"] for found in ASKED.finditer(script)]
    return [
        line.strip()
        for line in script.splitlines()
        if MOVED.search(line)
        and not any(re.search(rf"\b{name} (?:\?|&&) [^:]*(?:{MOVED.pattern})", line) for name in asked)
    ]


def test_there_are_style_sheets_and_scripts_to_judge():
    names = {path.name for path in ours(".css", ".js")}

    assert {"pages.css", "admin.css", "viewer.css", "endpoint.css", "lines.js", "desk.js"} <= names


@pytest.mark.parametrize("sheet", ours(".css"), ids=lambda path: str(path.relative_to(ROOT)))
def test_style_sheet_moves_nothing_but_without_a_preference(sheet):
    assert moving(sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("script", ours(".js", ".mjs"), ids=lambda path: str(path.relative_to(ROOT)))
def test_script_moves_nothing_but_without_a_preference(script):
    assert moved(script.read_text(encoding="utf-8")) == []


def test_templates_move_nothing():
    for template in ours(".html", ".svg"):
        written = template.read_text(encoding="utf-8")
        styles = re.findall(r"<style[^>]*>(.*?)</style>", written, re.DOTALL)
        within = [f"x {{ {each} }}" for each in re.findall(r"\bstyle=\"([^\"]*)\"", written)]

        assert [each for sheet in (*styles, *within) for each in moving(sheet)] == [], template
        assert re.findall(r"<(?:animate\w*|marquee|blink|set)\b", written) == [], template


@pytest.mark.parametrize(
    "sheet",
    [
        "a { transition: color .1s; }",
        "a { color: red; -webkit-animation-name: spin }",
        "@media print { html { scroll-behavior: smooth } }",
        "@media (prefers-reduced-motion: no-preference) { a { top: 0 } } a { animation: spin 1s !important; }",
        "@media (prefers-reduced-motion: reduce) { a { transition: none } } a { transition: all 1s }",
        "/* @media (prefers-reduced-motion: no-preference) { */ a { transition: all 1s } /* } */",
    ],
)
def test_style_sheet_that_moves_before_everybody_is_found(sheet):
    assert len(moving(sheet)) == 1


@pytest.mark.parametrize(
    "script",
    [
        'window.scrollBy({ top: 1, behavior: "smooth" });',
        'window.scrollBy({ top: 1, behavior: still ? "instant" : "smooth" });',
        "element.animate([], 100);",
        "const moves = matchMedia('(prefers-reduced-motion: no-preference)').matches;\nelement.animate([], 100);",
        "const moves = matchMedia('(prefers-reduced-motion: no-preference)').matches;\n"
        'scrollBy({ behavior: moves ? "instant" : "smooth" });',
    ],
)
def test_script_that_moves_before_everybody_is_found(script):
    assert len(moved(script)) == 1
