"""Cabinet: small files in a folder, put there and opened without what Django's storage does for a name of any kind.

The names are the archive's own, made of checksums: nothing in them has to be made safe, and there is none to be found
that is free. Where that is all there is to a file, the storage takes ten times as long as the file system. Rights,
group and what a kill leaves behind are as Django's storage has them; whatever is out of the ordinary goes its way.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import FileSystemStorage, Storage

#: Names that lead nowhere else, whoever wrote them into a row.
NAMES = re.compile(r"originals/[0-9a-f]{2}/[0-9A-Za-z_]+")


class Cabinet:
    """The folder of a storage."""

    def __init__(self, storage: FileSystemStorage) -> None:
        self._location = str(storage.location)
        self._rights = storage.file_permissions_mode
        self._folders_have_rights = storage.directory_permissions_mode is not None
        self._group: int | None = None

    @classmethod
    def of(cls, storage: Storage) -> Cabinet | None:
        """The folder of Django's own storage; None of any other, and of one that does more than to keep files."""
        return cls(storage) if type(storage) is FileSystemStorage else None

    def keeps(self, name: str) -> bool:
        """Whether a name is one of the archive's, and leads nowhere else."""
        return NAMES.fullmatch(name) is not None

    def open(self, name: str) -> BinaryIO:
        """The bytes of a file that it keeps, from the beginning."""
        return os.fdopen(os.open(f"{self._location}/{name}", os.O_RDONLY | os.O_CLOEXEC), "rb")

    def put(self, name: str, content: bytes) -> bool:
        """Write a file. False where the name is taken, or where it cannot be made: then the storage sees to it."""
        try:
            file = self._made(f"{self._location}/{name}")
        except (FileExistsError, FileNotFoundError):
            return False
        try:
            self._own(file)
            left = memoryview(content)
            while left:
                left = left[os.write(file, left) :]
        finally:
            os.close(file)
        return True

    def _made(self, path: str) -> int:
        """A new file, to be written; its folder is made where it lacks, unless the site wants rights of its own for it.

        :raises FileExistsError: if the name is taken.
        """
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            return os.open(path, flags, 0o666)
        except FileNotFoundError:
            if self._folders_have_rights:
                raise
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            return os.open(path, flags, 0o666)

    def _own(self, file: int) -> None:
        """Give a file the rights that the site wants and the group of the folder, where it has others."""
        told = os.fstat(file)
        if self._rights is not None and stat.S_IMODE(told.st_mode) != self._rights:
            os.fchmod(file, self._rights)
        if self._group is None:
            self._group = Path(self._location).stat().st_gid
        if told.st_gid != self._group:
            try:
                os.fchown(file, -1, self._group)
            except PermissionError:
                return
