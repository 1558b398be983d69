"""Formats: those that copies are compared in, which alone are rendered here. The others go the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archive import representations
from archive.models import Kind
from harvest.formats.ead3 import Ead3
from harvest.formats.oai_dc import OaiDc


def alone(put: Callable[[Any, str, Any], None] = setattr) -> None:
    """Render documents in oai_dc, units in EAD3, and nothing else; ``put`` sets an attribute of a module."""
    documents, others = representations.Registry[Any](), {kind: representations.Registry[Any]() for kind in Kind}
    documents.register(OaiDc())
    others[Kind.UNIT].register(Ead3())
    put(representations, "registry", documents)
    put(representations, "registries", others)
