"""The watched folder: what is put there is handed in, once it has come to rest.

The folder and the database agree step by step, so that a worker killed between two of them loses and doubles nothing::

    claim     moves what has come to rest to a folder of its own in ``_in_work``; a move happens or does not
    submit    hands the claim in. The accession has the claim's name, and the database takes a name once
    settle    moves what did not come in to ``_refused`` with a report, and the rest to ``_taken_in``

Whoever looks next finds at which step each claim is: one that no accession knows is submitted, one whose accession
has ended is settled. Only one looks at a time; should two, then the name of the claim still stands against a second
accession.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import IntegrityError

from archive.accession.choices import NoSuchChoice, collection_of, mapping_called
from archive.accession.folders import file_at, files_below
from archive.accession.steering import OPEN
from archive.accession.submission import Given, files_of, submit
from archive.accession.watched.folder import LOOSE, Watched, WatchedFolderMissing
from archive.accession.watched.settling import settle
from archive.conf import conf
from archive.models import Accession
from archive.models.accession import AccessionState

__all__ = ["Look", "NoSuchChoice", "WatchedFolderMissing", "look"]

logger = logging.getLogger(__name__)

#: Accessions whose files stay where they are: in work, or waiting for a decision.
_UNSETTLED = (*OPEN, AccessionState.LOOKED_AT)


@dataclass(slots=True)
class Look:
    """What one look did: accessions that were begun, those whose files were put away, and what still moves."""

    begun: list[Accession] = field(default_factory=list)
    settled: list[Accession] = field(default_factory=list)
    moving: list[str] = field(default_factory=list)
    #: Somebody else was looking; nothing was done.
    busy: bool = False


def look(*, at_once: bool = False) -> Look:
    """Look at the watched folder once; with ``at_once``, what is there counts as having come to rest.

    :raises WatchedFolderMissing: the site watches none, or it is not there, or cannot be written to.
    :raises NoSuchChoice: the site's settings name a collection or a mapping that is not there. Nothing is taken then.
    """
    watched = Watched.of_site(at_once=at_once)
    done = Look()
    with watched.locked() as mine:
        if not mine:
            done.busy = True
            return done
        collection_of(conf().WATCHED_COLLECTION)  # before anything is moved
        mapping_called(conf().WATCHED_MAPPING)
        done.moving = watched.claim(open_claim=_open_claim(watched))
        for claim in watched.claims():
            _go_on(watched, claim, done)
    return done


def _go_on(watched: Watched, claim: Path, done: Look) -> None:
    """Bring one claim as far as it can come now."""
    accession = Accession.objects.filter(delivery=_delivery(claim)).first()
    if accession is None:
        accession = _submitted(claim)
        if accession is None:
            return
        done.begun.append(accession)
        accession.refresh_from_db()
    if accession.state not in _UNSETTLED:
        settle(watched, claim, accession)
        done.settled.append(accession)


def _open_claim(watched: Watched) -> Path | None:
    """A claim of loose files that was left before it was handed in."""
    loose = [each for each in watched.claims() if each.name.startswith(LOOSE)]
    return next((each for each in loose if not Accession.objects.filter(delivery=_delivery(each)).exists()), None)


def _delivery(claim: Path) -> str:
    return f"watched:{claim.name}"


def _submitted(claim: Path) -> Accession | None:
    """The accession of a claim, handed in now; None where there is nothing in it, or somebody else was faster."""
    given = list(_lying_in(claim))
    if not given:
        with suppress(OSError):
            claim.rmdir()
        return None
    mapping = mapping_called(conf().WATCHED_MAPPING)
    for source in files_of(given):
        source.mapping = mapping
    try:
        return submit(
            given,
            publish=conf().WATCHED_PUBLISH,
            collection=collection_of(conf().WATCHED_COLLECTION),
            look_first=conf().WATCHED_LOOK_FIRST,
            delivery=_delivery(claim),
        )
    except IntegrityError:
        if not Accession.objects.filter(delivery=_delivery(claim)).exists():
            raise
        logger.info("claim %s was handed in by somebody else", claim.name)
        return None


def _lying_in(claim: Path) -> Iterator[Given]:
    """What is in a claim. A folder in it may be a bag, the claim itself is none."""
    for path in sorted(claim.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from files_below(path, within=claim)
        else:
            yield file_at(path, within=claim)
