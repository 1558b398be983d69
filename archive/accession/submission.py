"""Submission: keep the originals, and write down what is to be done with them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import transaction
from kombu.exceptions import OperationalError

from archive.conf import conf
from archive.models import Accession, AccessionItem, Collection, Original
from archive.models.page import private_storage
from archive.readers import Source, SourceRefused

if TYPE_CHECKING:
    from django.contrib.auth.models import User


logger = logging.getLogger(__name__)

#: What sending raises where the broker cannot be reached; the transport over folders lets OSError through as it is.
UNREACHABLE = (OperationalError, OSError)
#: Characters of a file's name that are kept, the last ones.
NAME_LIMIT = 500


def _nothing() -> None:
    """Nobody waits to hear that no queue answers."""


class TooLarge(SourceRefused):
    """The source is larger than the site takes."""


def submit(
    sources: Sequence[Source],
    *,
    publish: bool = False,
    collection: Collection | None = None,
    created_by: User | None = None,
    unheard: Callable[[], None] = _nothing,
) -> Accession:
    """Write an accession with one item for each source, and hint at it in the queue once that is committed.

    ``unheard`` is called where no queue takes the hint. The accession is kept, and work begins with the next sweep.

    :raises TooLarge: naming the first source that is over the site's limit; nothing is written then.
    """
    limit = conf().SOURCE_LIMIT
    for source in sources:
        if source.size > limit:
            raise TooLarge(f"{source.name} has {source.size:,} bytes; this site takes at most {limit:,}.")
    with transaction.atomic():
        accession = Accession.objects.create(
            publish=publish, collection=collection, created_by=created_by, mapping=_mapping(sources)
        )
        AccessionItem.objects.bulk_create(
            AccessionItem(accession=accession, position=position, name=presentable(source.name), original=keep(source))
            for position, source in enumerate(sources, start=1)
        )
        hint(accession, unheard=unheard)
    return accession


def _mapping(sources: Sequence[Source]) -> dict[str, Any]:
    """What is said of the columns of the tables; all sources of an accession carry the same."""
    return next((source.mapping.as_data() for source in sources if source.mapping), {})


def hint(accession: Accession, *, unheard: Callable[[], None] = _nothing) -> None:
    """Tell the queue of an accession, once what is written about it is committed."""
    transaction.on_commit(partial(_hint, accession.pk, unheard))


def _hint(accession_id: int, unheard: Callable[[], None]) -> None:
    """Tell a worker. That nobody can be told must not fail what is saved already."""
    from archive import tasks  # tasks call the verbs of this package

    try:
        tasks.run_accession.delay(accession_id)
    except UNREACHABLE:
        logger.warning("no queue takes the hint at accession %s; the sweeper will find it", accession_id, exc_info=True)
        unheard()


def presentable(name: str) -> str:
    """A file's name as it can be kept: file systems have longer ones, and such as are no Unicode."""
    return name.encode(errors="replace").decode().replace("\x00", "?")[-NAME_LIMIT:]


def keep(source: Source) -> Original:
    """Keep the bytes of a source unchanged, under the name of their checksum. The same bytes are kept once."""
    known = Original.objects.filter(sha256=source.sha256).first()
    if known:
        return known
    name = f"originals/{source.sha256[:2]}/{source.sha256}"
    storage = private_storage()
    if not storage.exists(name):
        name = storage.save(name, ContentFile(source.content))
    original, _ = Original.objects.get_or_create(sha256=source.sha256, defaults={"size": source.size, "file": name})
    return original
