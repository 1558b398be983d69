"""The diagram in docs/ is that of the models as they are."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from tests.docs.diagram import diagram

PAGE = Path(settings.BASE_DIR) / "docs" / "model.md"


def test_diagram_shows_the_models_as_they_are():
    fresh = diagram()

    assert PAGE.read_text(encoding="utf-8") == fresh, f"docs/model.md is old; it should say:\n\n{fresh}"


def test_diagram_has_every_relation_once():
    lines = diagram().splitlines()

    assert "    Document ||--o{ Text : document" in lines
    assert "    Document }o--o{ Collection : collections" in lines
    assert len({line for line in lines if "--" in line}) == sum("--" in line for line in lines)
