"""Annotations: what both versions say of the words found: each run of words once, its id, and where it is."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import Description
from iiif.presentation import addresses
from iiif.search.places import Run
from iiif.search.scopes import Answer


def address_of(description: Description, run: Run) -> str:
    """The id of the annotation of a run. It names, and leads nowhere."""
    canvas = addresses.canvas(description.identifier, run.page.identifier)
    return f"{canvas}/line/{run.line}/{run.start}-{run.end}"


def target_of(description: Description, run: Run) -> str:
    """The part of a canvas that a run is on."""
    return f"{addresses.canvas(description.identifier, run.page.identifier)}#xywh={','.join(map(str, run.box))}"


def annotated(given: Answer) -> Iterator[tuple[str, Description, Run]]:
    """Each run with its address, once, however many of the words that were asked for it holds."""
    told = set()
    for description, found in given.found:
        for run in (run for finding in found for run in finding.runs):
            address = address_of(description, run)
            if address not in told:
                told.add(address)
                yield address, description, run
