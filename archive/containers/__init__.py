"""Containers: sources that hold other sources, one module per format, none of which knows Django.

A container is asked before any reader is. What it holds becomes sources of the same accession, each kept as an
original of its own.
"""

from __future__ import annotations

from archive.containers.base import Container, RefusedMember
from archive.readers.source import Source

__all__ = ["CONTAINERS", "Container", "RefusedMember", "container_of"]

#: Every container format, in the order they are asked: a bag in a ZIP file before a ZIP file.
CONTAINERS: tuple[Container, ...] = ()


def container_of(source: Source) -> Container | None:
    """The container format of a source, or None where it is none."""
    return next((each for each in CONTAINERS if each.recognises(source)), None)
