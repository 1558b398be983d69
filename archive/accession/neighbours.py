"""Neighbours: which of the files handed in together one of them means by a name."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from archive.models import AccessionSource
from archive.readers import Source

H = TypeVar("H")

#: As long as the column that holds it.
KEY_LIMIT = 500


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


@dataclass(frozen=True, slots=True)
class Beside(Generic[H]):
    """The files that a source can name. ``called`` tells those with a last part, ``opened`` makes one a source.

    ``found`` is told of each that was found: what one source brings along is no document of its own.
    """

    called: Callable[[str], Sequence[tuple[str, H]]]
    opened: Callable[[H], Source]
    found: Callable[[H], None]

    def find(self, name: str, *, beside: str) -> Source | None:
        """See archive.readers.Neighbours."""
        others = [(path, each) for path, each in self.called(file_key(name)) if path != beside]
        handle = meant(name, beside=beside, among=others)
        if handle is None:
            return None
        self.found(handle)
        return self.opened(handle)


def called_in(source: AccessionSource) -> Callable[[str], Sequence[tuple[str, AccessionSource]]]:
    """The files of the same accession, or of the same container, by the last part of their path."""

    def called(key: str) -> list[tuple[str, AccessionSource]]:
        rows = AccessionSource.objects.filter(
            accession=source.accession_id, container=source.container_id, file_key=key, original__isnull=False
        ).exclude(state=AccessionSource.State.CANCELLED)
        return [(row.name, row) for row in rows.select_related("original").order_by("pk")[:1000]]

    return called
