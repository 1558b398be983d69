"""Bags (BagIt, RFC 8493; versions 0.93 to 1.0): files that come with their checksums, in a folder or in a ZIP file.

Every checksum is reckoned and every list compared before the first file comes in; a bag that is broken anywhere
is refused as a whole, with the file that breaks it. The rules are in archive.containers.bag_check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from archive.containers import names
from archive.containers.bag_check import Bag, check
from archive.containers.base import RefusedMember
from archive.containers.limits import Limits
from archive.containers.zip_file import ZipFile, is_zip
from archive.readers.refused import BrokenSource, HostileSource, SourceRefused
from archive.readers.source import Source

#: By this file a folder is a bag (RFC 8493, section 2.1.1).
DECLARATION = "bagit.txt"


class BagFolder(Source):
    """A bag as a folder of this machine. As a source it stands for the folder; its bytes are those of ``bagit.txt``."""

    def __init__(self, path: Path) -> None:
        declaration = path / DECLARATION
        super().__init__(path.name, opening=lambda: declaration.open("rb"), size=declaration.stat().st_size)
        self.path = path


def is_bag(path: Path) -> bool:
    """Whether a folder is a bag."""
    return (path / DECLARATION).is_file()


def payload_at(path: Path, *, limits: Limits) -> Iterator[Source]:
    """The payload of the bag in a folder.

    :raises SourceRefused: as ``BagIt.members``.
    """
    yield from (each for each in BagIt(limits).members(BagFolder(path)) if isinstance(each, Source))


class BagIt:
    """Bags."""

    name = "bagit"
    version = "1"

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._zip = ZipFile(limits)

    def recognises(self, source: Source) -> bool:
        """Whether the source is the folder of a bag, or a ZIP file with bags in it."""
        if isinstance(source, BagFolder):
            return True
        try:
            return is_zip(source) and bool(_roots(each.name for each in self._zip.listed(source)))
        except SourceRefused:
            return False  # which the ZIP file says

    def members(self, source: Source) -> Iterator[Source | RefusedMember]:
        """The payload of the bag. Of a ZIP file also what lies beside bags; one broken bag of several is a member.

        :raises BrokenSource: the bag is broken; the message names the file.
        :raises HostileSource: it holds too many files, too much, or links.
        """
        if isinstance(source, BagFolder):
            yield from _payload(check(self._folder(source), name=source.name))
            return
        roots, beside = self._parted(source)
        yield from beside
        for root, files in roots.items():
            try:
                bag = self._checked(source, root, files)
            except SourceRefused as refusal:
                if len(roots) == 1 and not beside:
                    raise
                yield RefusedMember(root or source.name, str(refusal))
            else:
                yield from _payload(bag, within=f"{root}/" if root else "")

    def remarks(self, source: Source) -> Iterator[str]:
        """What the bags say of themselves, and what an archivist should know of them; nothing of a broken one."""
        if isinstance(source, BagFolder):
            yield from check(self._folder(source), name=source.name).remarks
            return
        yield from self._zip.remarks(source)
        for root, files in self._parted(source)[0].items():
            try:
                yield from self._checked(source, root, files).remarks
            except SourceRefused:
                continue

    def _checked(self, source: Source, root: str, files: Mapping[str, Source | RefusedMember]) -> Bag:
        sound: dict[str, Source] = {}
        for path, file in files.items():
            if isinstance(file, RefusedMember):
                raise BrokenSource(f"{root or source.name} is a broken bag. {file.reason}")
            sound[path] = file
        return check(sound, name=root or source.name)

    def _parted(
        self, source: Source
    ) -> tuple[dict[str, dict[str, Source | RefusedMember]], list[Source | RefusedMember]]:
        """The files of each bag in a ZIP file, by their path within it, and what belongs to none."""
        listed = self._zip.listed(source)
        roots = _roots(each.name for each in listed)
        bags: dict[str, dict[str, Source | RefusedMember]] = {root: {} for root in roots}
        beside: list[Source | RefusedMember] = []
        for each in listed:
            root = next((root for root in roots if not root or each.name.startswith(f"{root}/")), None)
            if root is None and each.furniture:
                continue
            member: Source | RefusedMember
            if each.problem:
                member = RefusedMember(names.printable(each.name), each.problem)
            else:
                member = self._zip.checked(source, each)
            if root is None:
                beside.append(member)
            elif not root.startswith("__MACOSX") and not each.name.startswith("__MACOSX/"):
                bags[root][each.name.removeprefix(f"{root}/" if root else "")] = member
        return bags, beside

    def _folder(self, source: BagFolder) -> dict[str, Source]:
        """The files of a folder by their path within it.

        :raises HostileSource: there are too many, too much, or something that is no file.
        """
        found: dict[str, Source] = {}
        total = 0
        for path in source.path.rglob("*"):
            name = path.relative_to(source.path).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise HostileSource(f"{source.name}: {names.printable(name)} is a link or a device, not a file.")
            if path.is_dir():
                continue
            found[name] = Source.at(path, name=name)
            total += found[name].size
            if len(found) > self.limits.members or total > self.limits.size:
                raise HostileSource(
                    f"{source.name} holds more than {self.limits.members:,} files or {self.limits.size:,} bytes. "
                    "Hand it in as several smaller bags."
                )
        return dict(sorted(found.items()))


def _roots(paths: Iterator[str]) -> list[str]:
    """The folders that are bags: the top, else those directly below it (RFC 8493, section 4.2)."""
    found = [
        path for path in paths if path == DECLARATION or (path.count("/") == 1 and path.endswith(f"/{DECLARATION}"))
    ]
    tops = sorted({path.rpartition("/")[0] for path in found} - {"__MACOSX"})
    return [""] if "" in tops else tops


def _payload(bag: Bag, *, within: str = "") -> Iterator[Source]:
    for path, file in bag.payload.items():
        if not names.is_furniture(path):
            yield file if file.name == f"{within}{path}" else _renamed(file, f"{within}{path}")


def _renamed(file: Source, name: str) -> Source:
    return Source(name, opening=file.open, size=file.size)
