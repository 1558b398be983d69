"""Unpacking: the members of a container become sources of the same accession, each kept as an original of its own."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from archive.accession.neighbours import file_key
from archive.accession.originals import Originals
from archive.accession.submission import presentable, presented, refuse_too_large
from archive.containers import Container, RefusedMember
from archive.models import AccessionSource
from archive.models.accession import SourceState
from archive.readers import HostileSource, Source, SourceRefused

#: Containers within containers that are opened. A ZIP file can be made to hold itself.
DEPTH = 4


def members_of(
    row: AccessionSource, source: Source, container: Container, originals: Originals
) -> Iterator[AccessionSource]:
    """Rows for the members of a container, but for those that are written down already.

    :raises SourceRefused: where the container as a whole cannot come in, or lies too deep within others.
    """
    if _depth(row) > DEPTH:
        raise HostileSource(
            f"{row.name} lies in {DEPTH} containers, one within the other; unpack it and hand in what is in it."
        )
    for position, member in enumerate(container.members(source), start=1):
        if position > row.drafts:
            yield _row(row, position, member, originals)


def _depth(row: AccessionSource) -> int:
    depth, current = 1, row.container
    while current is not None:
        depth, current = depth + 1, current.container
    return depth


def _row(
    container: AccessionSource, position: int, member: Source | RefusedMember, originals: Originals
) -> AccessionSource:
    name = presentable(f"{container.name}/{member.name}")
    row = AccessionSource(
        accession_id=container.accession_id, container=container, position=position, name=name, file_key=file_key(name)
    )
    try:
        if isinstance(member, RefusedMember):
            raise SourceRefused(member.reason)
        refuse_too_large([member])
        row.original = originals.keep_all([member])[0]
    except SourceRefused as refusal:
        row.state, row.reason, row.finished_at = SourceState.REFUSED, presented(str(refusal)), timezone.now()
    return row
