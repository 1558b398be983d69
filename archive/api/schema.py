"""The description of the API in OpenAPI, made once for each process: it changes with the code alone.

Made anew for each request it would take a third of a second of the processor, for whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer

RENDERERS = {each.format: each for each in (OpenApiJsonRenderer, OpenApiYamlRenderer)}


@cache
def described() -> Mapping[str, Any]:
    """The schema, with the names of choices in the site's own language, whoever is the first to ask."""
    with translation.override(settings.LANGUAGE_CODE):
        schema: Mapping[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return schema


@cache
def written(notation: str) -> bytes:
    """The schema in ``yaml`` or ``json``."""
    with translation.override(settings.LANGUAGE_CODE):
        content = RENDERERS[notation]().render(described(), renderer_context={})
    return content.encode() if isinstance(content, str) else content
