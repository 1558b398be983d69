"""Groups: who may do what with linked data, as the migrations write it (see archive.groups)."""

from __future__ import annotations

from typing import Any

from archive.groups import ADMINISTRATOR, CATALOGUER, EDITOR, grant_in

CATALOGUING = frozenset({"view_shapecheck", "view_lookup"})
EDITING = CATALOGUING | {"add_shapecheck", "add_lookup"}
GROUPS: dict[str, frozenset[str] | None] = {CATALOGUER: CATALOGUING, EDITOR: EDITING, ADMINISTRATOR: None}


def grant(apps: Any, schema_editor: Any) -> None:
    """Make the groups where they lack, and give them the permissions that they lack. For ``RunPython``."""
    grant_in("archive_lod", GROUPS, apps, schema_editor)
