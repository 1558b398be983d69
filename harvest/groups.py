"""Groups: who may do what with sources of records; the groups themselves are the archive's."""

from __future__ import annotations

from typing import Any

from archive import groups

_SEEING = frozenset({"view_harvestsource", "view_harvestrun", "view_harvestedrecord", "view_harvestproblem"})
#: Cataloguers see where documents come from, editors harvest, administrators say what is harvested.
GROUPS: dict[str, frozenset[str] | None] = {
    groups.CATALOGUER: _SEEING,
    groups.EDITOR: _SEEING | {"run_harvestsource"},
    groups.ADMINISTRATOR: None,
}


def grant(apps: Any, schema_editor: Any) -> None:
    """Give the archive's groups what they lack here. For ``RunPython``; one that adds a model calls it again."""
    groups.grant_in("harvest", GROUPS, apps, schema_editor)
