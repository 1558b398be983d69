"""System check: the index can live in the site's database."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from archive.search.engines import engine


@register(Tags.compatibility)
def database_has_an_engine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whether there is a full text index for the database at all."""
    try:
        engine()
    except NotImplementedError as error:
        return [Error(str(error), id="fonds.search.E001")]
    return []
