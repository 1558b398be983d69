"""System checks: a site that names a viewer that there is not hears of it before its readers do."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from archive.conf import conf, unknown_keys
from iiif.viewers import VIEWERS


@register(Tags.compatibility)
def viewer(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whether ``FONDS["VIEWER"]`` is a viewer."""
    if unknown_keys() or conf().VIEWER in VIEWERS:  # unknown keys: archive.checks says so, and conf() cannot be had
        return []
    return [
        Error(
            f"FONDS['VIEWER'] is {conf().VIEWER!r}, and there is no such viewer.",
            hint=f"Write one of {', '.join(VIEWERS)}.",
            id="iiif.E001",
        )
    ]
