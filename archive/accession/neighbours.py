"""Neighbours: which of the files handed in together one of them means by a name."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.db.models import Q

from archive.models import AccessionSource, Original
from archive.readers import Source
from archive.readers.scans import belonging

H = TypeVar("H")
Found = Callable[[AccessionSource], None]

#: As long as the column that holds it.
KEY_LIMIT = 500
#: Files of one name, or of one beginning, that are looked at.
LISTED = 5000


def path_key(path: str) -> str:
    """A path in the form in which two are compared: file systems differ in upper case, in accents and in slashes."""
    return unicodedata.normalize("NFC", path.replace("\\", "/")).casefold()


def file_key(path: str) -> str:
    """The last part of a path, in the form in which two are compared."""
    return posixpath.basename(path_key(path))[-KEY_LIMIT:]


def meant(name: str, *, beside: str, among: Sequence[tuple[str, H]]) -> H | None:
    """Which of the files called alike is meant by ``name`` in the file ``beside``.

    ``among`` has the path and something that stands for it, of all files whose last part is that of ``name``. A
    path is followed from the folder of ``beside``; else a file is meant if it is the only one called so.
    """
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path_key(beside)), path_key(name)))
    at_path = [each for path, each in among if path_key(path) == wanted]
    if at_path:
        return at_path[0]
    return among[0][1] if len(among) == 1 else None


def _nothing(key: str) -> Sequence[tuple[str, Any]]:
    """Nothing lies beside the source."""
    return ()


@dataclass(frozen=True, slots=True)
class Beside(Generic[H]):
    """The files that a source can name. ``called`` tells those with a last part, ``opened`` makes one a source.

    ``found`` is told of each that was found: what one source brings along is no document of its own. ``beginning``
    tells those whose last part begins so, ``holding`` those whose bytes have a checksum.
    """

    called: Callable[[str], Sequence[tuple[str, H]]]
    opened: Callable[[H], Source]
    found: Callable[[H], None]
    beginning: Callable[[str], Sequence[tuple[str, H]]] = _nothing
    holding: Callable[[str], Sequence[tuple[str, H]]] = _nothing

    def alike(self, beginning: str, *, beside: str) -> Sequence[Source]:
        """See archive.readers.Folder."""
        folder = posixpath.dirname(path_key(beside))
        alike = self.beginning(path_key(beginning))
        return [self.opened(each) for path, each in alike if posixpath.dirname(path_key(path)) == folder]

    def with_checksum(self, sha256: str, *, beside: str) -> Source | None:
        """See archive.readers.Checksums."""
        handle = next((each for path, each in self.holding(sha256) if path != beside), None)
        if handle is None:
            return None
        self.found(handle)
        return self.opened(handle)

    def find(self, name: str, *, beside: str) -> Source | None:
        """See archive.readers.Neighbours."""
        others = [(path, each) for path, each in self.called(file_key(name)) if path != beside]
        handle = meant(name, beside=beside, among=others)
        if handle is None:
            return None
        self.found(handle)
        return self.opened(handle)


def beside(
    source: AccessionSource, opened: Callable[[Original, str], Source], found: Found, *, joins: bool
) -> Beside[AccessionSource]:
    """The files that a source can name: those of the same accession, or of the same container.

    ``joins`` is what ``joins_others`` says: where it is false, nobody looks for files of like names.
    """

    def rows(**wanted: str) -> list[tuple[str, AccessionSource]]:
        near = AccessionSource.objects.filter(
            accession=source.accession_id, container=source.container_id, original__isnull=False, **wanted
        ).exclude(state=AccessionSource.State.CANCELLED)
        return [(row.name, row) for row in near.select_related("original").order_by("pk")[:LISTED]]

    def open_row(row: AccessionSource) -> Source:
        assert row.original is not None, "only those with an original are found"  # noqa: S101
        return opened(row.original, row.name)

    return Beside(
        called=lambda key: rows(file_key=key),
        opened=open_row,
        found=found,
        beginning=lambda key: rows(file_key__startswith=key) if joins else (),
        holding=lambda sha256: rows(original__sha256=sha256),
    )


def joins_others(source: AccessionSource) -> bool:
    """Whether any file beside a source is of a kind that joins others by its name: an image, or XML of pages."""
    near = AccessionSource.objects.filter(accession=source.accession_id, container=source.container_id)
    kinds = (Q(file_key__endswith=ending) for ending in (*belonging.IMAGES, ".xml"))
    return near.filter(reduce(or_, kinds)).exists()
