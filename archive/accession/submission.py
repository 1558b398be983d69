"""Submission: keep the originals, and write down what is to be done with them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from archive.accession.garbage import uncollected
from archive.accession.neighbours import file_key
from archive.accession.originals import Kept
from archive.conf import conf
from archive.containers import RefusedMember, container_of
from archive.containers.names import undisguised
from archive.inserting import insert
from archive.models import Accession, AccessionSource, Collection, Original
from archive.models.accession import SourceState
from archive.readers import Source, SourceRefused

if TYPE_CHECKING:
    from django.contrib.auth.models import User


logger = logging.getLogger(__name__)

#: What is handed in: a file, or the name of something that is known not to come in, with the reason.
Given = Source | RefusedMember

#: What sending raises where the broker cannot be reached; the transport over folders lets OSError through as it is.
UNREACHABLE = (OperationalError, OSError)
#: Characters of a file's name that are kept, the last ones.
NAME_LIMIT = 500
#: Originals and rows that are written down at once.
BATCH = 500
#: How many workers hear of an accession at once, where several can write to the database.
HINTS = 4


def _nothing() -> None:
    """Nobody waits to hear that no queue answers."""


class TooLarge(SourceRefused):
    """The source is larger than the site takes."""


def submit(
    given: Sequence[Given],
    *,
    publish: bool = False,
    collection: Collection | None = None,
    created_by: User | None = None,
    look_first: bool = False,
    dry_run: bool = False,
    replaces: Accession | None = None,
    rereads: Accession | None = None,
    delivery: str | None = None,
    unheard: Callable[[], None] = _nothing,
) -> Accession:
    """Keep the originals, write an accession with all its sources, and hint at it in the queue once that is committed.

    With ``look_first``, the documents are rehearsed by the worker and wait; with ``dry_run`` too, and that is the end.
    ``replaces`` is the accession that this one
    is compared with for what has vanished; ``rereads`` the one whose originals these are. ``delivery`` names a
    handing-in that its sender may repeat: the database takes each once.
    ``unheard`` is called where no queue takes the hint. The accession is kept, and work begins with the next sweep.

    :raises TooLarge: naming the first source that is over the site's limit; nothing is read or written then.
    """
    sources = files_of(given)
    refuse_too_large(sources)
    originals = Kept()
    kept = [pk for batch in _batches(sources) for pk in _keep(batch, originals)]
    with transaction.atomic():
        accession = Accession.objects.create(
            publish=publish,
            collection=collection,
            created_by=created_by,
            mapping=mapping_of(sources),
            look_first=look_first or dry_run,
            dry_run=dry_run,
            replaces=replaces,
            rereads=rereads,
            delivery=delivery,
        )
        write_down(accession, given, kept)
        hint(accession, unheard=unheard)
    return accession


@uncollected()
def _keep(batch: Sequence[Source], originals: Kept) -> list[int]:
    """Keep the originals of a batch; their keys, for the rows of a large accession would fill the memory."""
    return originals.keys_of(batch)


def refuse_too_large(sources: Iterable[Source]) -> None:
    """Look at the sizes; a container may be as large as all that it may hold.

    :raises TooLarge: naming the first source that is over the site's limit.
    """
    for source in sources:
        limit = conf().SOURCE_LIMIT
        if source.size > limit and container_of(source):
            limit = max(limit, conf().CONTAINER_SIZE)
        if source.size > limit:
            raise TooLarge(f"{source.name} has {source.size:,} bytes; this site takes at most {limit:,}.")


def files_of(given: Iterable[Given]) -> list[Source]:
    """The files among what is handed in."""
    return [each for each in given if isinstance(each, Source)]


def write_down(accession: Accession, given: Sequence[Given], originals: Iterable[Original | int]) -> None:
    """Write a row for each thing handed in, in their order; ``originals`` are those of the files, or their keys."""
    kept = iter(originals)
    insert(
        AccessionSource,
        (
            {
                "accession": accession,
                "position": position,
                "name": presentable(each.name),
                "file_key": file_key(presentable(each.name)),
                **({"original": next(kept)} if isinstance(each, Source) else _refused(each)),
            }
            for position, each in enumerate(given, start=1)
        ),
    )


def _refused(given: RefusedMember) -> dict[str, Any]:
    """What is written of something that is known not to come in."""
    return {"state": SourceState.REFUSED, "reason": presented(given.reason), "finished_at": timezone.now()}


def _batches(sources: Sequence[Source]) -> Iterator[Sequence[Source]]:
    for start in range(0, len(sources), BATCH):
        yield sources[start : start + BATCH]


def mapping_of(sources: Sequence[Source]) -> dict[str, Any]:
    """What is said of the columns of the tables; all sources of an accession carry the same."""
    return next((source.mapping.as_data() for source in sources if source.mapping), {})


def hint(accession: Accession, *, unheard: Callable[[], None] = _nothing) -> None:
    """Tell the queue of an accession, once what is written about it is committed."""
    transaction.on_commit(partial(_hint, accession.pk, unheard))


def _hint(accession_id: int, unheard: Callable[[], None]) -> None:
    """Tell workers. That nobody can be told must not fail what is saved already."""
    from archive import tasks  # tasks call the verbs of this package

    try:
        for _ in range(HINTS if connection.features.has_select_for_update_skip_locked else 1):
            tasks.run_accession.delay(accession_id)
    except UNREACHABLE:
        logger.warning("no queue takes the hint at accession %s; the sweeper will find it", accession_id, exc_info=True)
        unheard()


def presentable(name: str) -> str:
    """A file's name as it can be kept and shown.

    File systems have longer ones, such as are no Unicode, and such as a terminal would obey.
    """
    return undisguised(name.encode(errors="replace").decode())[-NAME_LIMIT:]


def presented(reason: str) -> str:
    """A reason as every database can keep it."""
    return reason.encode(errors="replace").decode().replace("\x00", "�")
