"""Representations: what a renderer is, which there are, and how their bytes are stored.

A renderer turns a description into bytes. Each installed app registers its own from a module named
``renderers``, which is found at start-up; archive itself knows none of them by name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db import transaction

from archive import datestamps
from archive.description import Description
from archive.models import Kind, Representation, SetMembership

#: Rows written by one statement; more gains nothing (benchmarks/).
BATCH = 500


D = TypeVar("D")
D_contra = TypeVar("D_contra", contravariant=True)


class RendererOf(Protocol[D_contra]):
    """One output format of whatever is described as ``D_contra``."""

    #: Name of the format, unique among all apps.
    format: str
    media_type: str
    #: ``/documents/{id}.{extension}`` where the format is one of the document's negotiated forms; else empty.
    extension: str

    def render(self, description: D_contra) -> bytes | None:
        """The document, or whatever is described, in this format; None where the format has nothing to say of it.

        The same description always gives the same bytes: no clock, no chance, no network.
        """


#: One output format of documents.
Renderer = RendererOf[Description]


class Registry(Generic[D]):
    """The renderers of all installed apps for one kind of thing, by the name of their format."""

    def __init__(self) -> None:
        self._renderers: dict[str, RendererOf[D]] = {}

    def register(self, renderer: RendererOf[D]) -> None:
        """Add a renderer.

        :raises ValueError: if another one has taken the name.
        """
        taken = self._renderers.get(renderer.format)
        if taken is not None and type(taken) is not type(renderer):
            raise ValueError(f"two renderers are called {renderer.format!r}: {taken!r} and {renderer!r}")
        self._renderers[renderer.format] = renderer

    def __iter__(self) -> Iterator[RendererOf[D]]:
        return iter(self._renderers.values())

    def get(self, format: str) -> RendererOf[D] | None:  # noqa: A002 - the word for it
        """The renderer of a format, if any app brings one."""
        return self._renderers.get(format)

    def negotiable(self) -> tuple[RendererOf[D], ...]:
        """The renderers whose formats a thing's own address offers."""
        return tuple(renderer for renderer in self if renderer.extension)


registry: Registry[Description] = Registry()

#: The renderers of other things than documents; what describes each kind stands in archive.publication.retelling.
registries: dict[Kind, Registry[Any]] = {kind: Registry() for kind in Kind if kind is not Kind.DOCUMENT}


@dataclass(frozen=True, slots=True)
class Rendering:
    """The bytes of one thing in one format, not yet stored; ``content`` is None where there are none."""

    format: str
    media_type: str
    content: bytes | None

    @property
    def checksum(self) -> str:
        """SHA-256 of the content in hexadecimal; empty without content."""
        return hashlib.sha256(self.content).hexdigest() if self.content is not None else ""


def render(description: Description) -> list[Rendering]:
    """One document in every format there is."""
    return _renderings(registry, description)


def render_as(kind: Kind, description: Any) -> list[Rendering]:
    """One thing of another kind in every format that there is for it."""
    return _renderings(registries[kind], description)


def _renderings(renderers: Registry[D], description: D) -> list[Rendering]:
    return [Rendering(each.format, each.media_type, each.render(description)) for each in renderers]


@dataclass(frozen=True, slots=True)
class Rendered:
    """Every rendering of one thing, with the sets that it is in.

    ``pk`` is its primary key among those of its kind, ``identifier`` what it is served under (``Kind.identifier``).
    """

    pk: int
    identifier: str
    sets: tuple[str, ...]
    renderings: tuple[Rendering, ...]
    kind: Kind = Kind.DOCUMENT

    @property
    def number(self) -> int:
        """Its number among things of all kinds."""
        return self.kind.number(self.pk)


@dataclass(frozen=True, slots=True)
class Difference:
    """What is stored of some things, beside what was rendered of them now."""

    #: Bytes or sets are others: with the row as it was, if there was one.
    changed: tuple[tuple[Rendered, Rendering, Representation | None], ...]
    #: The media type alone is another, which is no change to harvesters.
    retyped: tuple[tuple[Rendering, Representation], ...]

    @property
    def pks(self) -> set[int]:
        """What has changed, by primary key; of things of one kind."""
        return {each.pk for each, _, _ in self.changed}


def compare(rendered: Iterable[Rendered]) -> Difference:
    """What is different. A format that no longer has anything to say of a thing differs from what it said."""
    rendered = list(rendered)
    before = _stored(each.number for each in rendered)
    changed, retyped = [], []
    for each in rendered:
        for rendering in each.renderings:
            row = before.get((each.number, rendering.format))
            if _differs(row, rendering, each.sets):
                changed.append((each, rendering, row))
            elif row is not None and row.media_type != rendering.media_type:
                retyped.append((rendering, row))
    return Difference(tuple(changed), tuple(retyped))


@transaction.atomic
def write(difference: Difference, *, now: datetime | None = None) -> int:
    """Write what changed, and nothing else; return how many rows did.

    It is stamped with the next datestamp, which nobody else takes before this transaction ends: call this last. A
    format that has nothing more to say is withdrawn, not deleted.

    ``now`` is for an archive that nobody harvests yet, in tests and measurements: a datestamp of the caller's choice.
    """
    if difference.changed:
        moment = now or datestamps.take()
        _write([_row(each, rendering, row, moment) for each, rendering, row in difference.changed])
    _retype(difference.retyped)
    return len(difference.changed) + len(difference.retyped)


@transaction.atomic
def store(rendered: Iterable[Rendered], *, now: datetime | None = None) -> int:
    """Compare, and write."""
    return write(compare(rendered), now=now)


@transaction.atomic
def withdraw(pks: Iterable[int], *, kind: Kind = Kind.DOCUMENT, now: datetime | None = None) -> int:
    """Turn every representation of things of a kind into a tombstone without content; return how many were not yet.

    Stamped as by ``write``. Sets that one had left before hear nothing more of it.
    """
    rows = Representation.objects.filter(number__in=[kind.number(pk) for pk in pks], withdrawn=False)
    if not rows.exists():
        return 0
    moment = now or datestamps.take()
    SetMembership.objects.filter(representation__in=rows, left=False).update(changed_at=moment)  # it asks for the rows
    return rows.update(content=b"", checksum="", changed_at=moment, withdrawn=True)


def _stored(numbers: Iterable[int]) -> dict[tuple[int, str], Representation]:
    rows = Representation.objects.filter(number__in=list(numbers)).defer("content")
    return {(row.number, row.format): row for row in rows}


def _differs(row: Representation | None, rendering: Rendering, sets: tuple[str, ...]) -> bool:
    """Whether harvesters would see something else than before."""
    if row is None:
        return rendering.content is not None
    return (
        row.checksum != rendering.checksum
        or row.withdrawn != (rendering.content is None)
        or (tuple(row.sets) != sets and rendering.content is not None)
    )


def _retype(found: Iterable[tuple[Rendering, Representation]]) -> None:
    keys: dict[str, list[int]] = {}
    for rendering, row in found:
        keys.setdefault(rendering.media_type, []).append(row.pk)
    for media_type, pks in keys.items():
        Representation.objects.filter(pk__in=pks).update(media_type=media_type)


def _row(each: Rendered, rendering: Rendering, row: Representation | None, moment: datetime) -> Representation:
    return Representation(
        pk=row.pk if row else None,
        kind=each.kind,
        number=each.number,
        document_id=each.pk if each.kind is Kind.DOCUMENT else None,
        identifier=each.identifier,
        format=rendering.format,
        media_type=rendering.media_type,
        content=rendering.content or b"",
        checksum=rendering.checksum,
        sets=list(each.sets),
        changed_at=moment,
        appeared_at=moment if row is None or row.withdrawn else row.appeared_at,
        withdrawn=rendering.content is None,
    )


def _write(rows: list[Representation]) -> None:
    """Insert and update the rows, then let the memberships follow."""
    new = [row for row in rows if row.pk is None]
    old = [row for row in rows if row.pk is not None]
    Representation.objects.bulk_create(new, batch_size=BATCH)
    Representation.objects.bulk_update(
        old, ["media_type", "content", "checksum", "sets", "changed_at", "appeared_at", "withdrawn"], batch_size=BATCH
    )
    _follow(rows)


def _follow(rows: list[Representation]) -> None:
    """Make the memberships of changed representations say what the representations say.

    Those that were left before stay as they are: the harvesters of that set know.
    """
    before = {
        (membership.representation_id, membership.spec): membership
        for membership in SetMembership.objects.filter(representation__in=rows)
    }
    by_id = {row.pk: row for row in rows}
    current = {(row.pk, spec) for row in rows for spec in row.sets}
    leaving = {key for key, membership in before.items() if not membership.left} - current
    SetMembership.objects.bulk_create(
        [
            SetMembership(
                representation=by_id[key], spec=spec, format=by_id[key].format,
                changed_at=by_id[key].changed_at, left=(key, spec) in leaving,
            )
            for key, spec in sorted(current | leaving)
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["representation", "spec"],
        update_fields=["format", "changed_at", "left"],
    )  # fmt: skip
