"""System check: the index has a place to be."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from archive.conf import conf, unknown_keys


@register()
def index_has_a_folder(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whether the site says where the index lies."""
    if unknown_keys() or conf().SEARCH_FOLDER:  # unknown keys: archive.checks says so, and conf() cannot be had
        return []
    hint = (
        "Set FONDS['SEARCH_FOLDER'] to a folder that the web processes read and the workers write, on a local disk; "
        "or leave archive.search out of INSTALLED_APPS."
    )
    return [Error("archive.search has no folder for its index.", hint=hint, id="fonds.search.E001")]
