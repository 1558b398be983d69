"""What the pages of the archive bring along in the admin, beside what Django has: a style sheet and scripts."""

from __future__ import annotations

from typing import Any

from django.forms.widgets import Script

CSS: dict[str, Any] = {"all": ["archive/admin.css"]}
#: Names for controls, by which they are known to who cannot see them.
NAMES = Script("archive/names.js", defer=True)
#: What lacks is added from the list in which it is looked for.
CHOOSING = Script("archive/choosing.js", defer=True)
JS: tuple[Any, ...] = (NAMES, CHOOSING)
