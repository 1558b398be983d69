"""Beside: a text of one of the endings in ``belonging.TEXTS`` gets the pages that lie beside it as images."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from archive.drafts import Draft, Field, Notice, Page, RefusedPart, ThingDraft, UnitDraft, Value
from archive.readers.scans import belonging
from archive.readers.scans.images import extents_of, names_alike, pages_of_image
from archive.readers.source import Source

Read = Draft | UnitDraft | ThingDraft | RefusedPart


def with_images(source: Source, drafts: Iterator[Read]) -> Iterator[Read]:
    """The drafts of a source; with the images that belong to it, where they are one document without pages.

    :raises SourceRefused: as the drafts are gone through, and where an image cannot come in.
    """
    first = next(drafts, None)
    if first is None:
        return
    try:
        second = next(drafts, None)
    except Exception:  # what stands before a fault comes in
        yield first
        raise
    yield first if second is not None else _with_images(source, first)
    if second is not None:
        yield second
        yield from drafts


def _with_images(source: Source, draft: Read) -> Read:
    if not isinstance(draft, Draft) or draft.all(Page) or belonging.ending(source.name) not in belonging.TEXTS:
        return draft
    fields: list[Field[Value]] = []
    notices: list[Notice] = []
    for name in belonging.images_of(source.name, names_alike(source, belonging.stem(source.name))):
        image = source.neighbour(belonging.last(name))
        if image is None:
            notices.append(Notice(f"{name}, an image of this document, is not there any more."))
        else:
            fields += pages_of_image(image, extents_of(image))
    if not fields and not notices:
        return draft
    return dataclasses.replace(draft, fields=(*draft.fields, *fields), notices=(*draft.notices, *notices))
