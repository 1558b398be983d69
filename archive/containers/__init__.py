"""Containers: sources that hold other sources, one module per format, none of which knows Django.

A container is asked before any reader is. What it holds becomes sources of the same accession, each kept as an
original of its own.
"""

from __future__ import annotations

from archive.containers.bag import BagFolder, BagIt, is_bag, payload_at
from archive.containers.base import Container, RefusedMember
from archive.containers.limits import Limits
from archive.containers.zip_file import ZipFile
from archive.readers.source import Source

__all__ = [
    "CONTAINERS",
    "BagFolder",
    "Container",
    "Limits",
    "RefusedMember",
    "container_of",
    "containers_within",
    "is_bag",
    "payload_at",
]


def containers_within(limits: Limits) -> tuple[Container, ...]:
    """Every container format, in the order they are asked: a bag in a ZIP file before a ZIP file."""
    return BagIt(limits), ZipFile(limits)


#: Every container format, with limits that do for most sites.
CONTAINERS: tuple[Container, ...] = containers_within(Limits())


def container_of(source: Source, *, limits: Limits | None = None) -> Container | None:
    """The container format of a source, or None where it is none; ``limits`` are those of the site."""
    asked = CONTAINERS if limits is None else containers_within(limits)
    return next((each for each in asked if each.recognises(source)), None)
