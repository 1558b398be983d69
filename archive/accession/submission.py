"""Submission: keep the originals, and write down what is to be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction

from archive.conf import conf
from archive.models import Accession, AccessionItem, Collection, Original
from archive.models.page import private_storage
from archive.readers import Source, SourceRefused

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class TooLarge(SourceRefused):
    """The source is larger than the site takes."""


def submit(
    sources: Sequence[Source],
    *,
    publish: bool = False,
    collection: Collection | None = None,
    created_by: User | None = None,
) -> Accession:
    """Write an accession with one item for each source, and hint at it in the queue once that is committed.

    :raises TooLarge: naming the first source that is over the site's limit; nothing is written then.
    """
    from archive import tasks  # tasks call the verbs of this package

    limit = conf().SOURCE_LIMIT
    for source in sources:
        if len(source.content) > limit:
            raise TooLarge(f"{source.name} has {len(source.content):,} bytes; this site takes at most {limit:,}.")
    with transaction.atomic():
        accession = Accession.objects.create(publish=publish, collection=collection, created_by=created_by)
        AccessionItem.objects.bulk_create(
            AccessionItem(accession=accession, position=position, name=source.name, original=keep(source))
            for position, source in enumerate(sources, start=1)
        )
        transaction.on_commit(lambda: tasks.run_accession.delay(accession.pk))
    return accession


def keep(source: Source) -> Original:
    """Keep the bytes of a source unchanged, under the name of their checksum. The same bytes are kept once."""
    known = Original.objects.filter(sha256=source.sha256).first()
    if known:
        return known
    name = f"originals/{source.sha256[:2]}/{source.sha256}"
    storage = private_storage()
    if not storage.exists(name):
        name = storage.save(name, ContentFile(source.content))
    original, _ = Original.objects.get_or_create(
        sha256=source.sha256, defaults={"size": len(source.content), "file": name}
    )
    return original
