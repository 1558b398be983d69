"""Whether a bag is whole: every rule of RFC 8493 by which one is valid, each in a function of its own.

Written here because the library ``bagit`` works on folders only, so that a bag in a ZIP file would have to be
written out first, and takes declarations with white space that the RFC forbids.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from archive.containers import names
from archive.containers.bag_tags import Declaration, declaration, tags
from archive.readers.refused import BrokenSource
from archive.readers.source import CHUNK, Source

#: Algorithms that manifests may name, as ``hashlib`` calls them (RFC 8493, section 2.4).
ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_MANIFEST = re.compile(r"(?P<tags>tag)?manifest-(?P<algorithm>[A-Za-z0-9_-]+)\.txt")
_LINE = re.compile(r"(?P<sum>[0-9A-Fa-f]+)[ \t]+[*]?(?P<path>[^ \t].*)")
_ENCODED = re.compile("%(0A|0D|25)", re.IGNORECASE)
_OXUM = re.compile(r"(?P<octets>[0-9]+)\.(?P<streams>[0-9]+)")
#: Tag files that describe the bag: the second is that of versions before 0.96.
_INFO = ("bag-info.txt", "package-info.txt")


@dataclass(frozen=True, slots=True)
class Bag:
    """A whole bag: its payload by path, and what should be told of it."""

    payload: Mapping[str, Source]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """One list of checksums: its file, algorithm, and the checksum for each path."""

    file: str
    algorithm: str
    sums: Mapping[str, str]


class _Check:
    """One bag in the course of being checked; each method raises BrokenSource with the file that breaks the bag."""

    def __init__(self, files: Mapping[str, Source], name: str) -> None:
        self.files = files
        self.name = name
        self.payload = {path: file for path, file in files.items() if path.startswith("data/")}

    def broken(self, why: str) -> NoReturn:
        raise BrokenSource(f"{self.name} is a broken bag: {why}")

    def declaration(self) -> Declaration:
        if "bagit.txt" not in self.files:
            self.broken("it has no bagit.txt.")
        try:
            return declaration(self.files["bagit.txt"].head(1000))
        except ValueError as error:
            self.broken(f"bagit.txt {error}.")

    def text(self, path: str, encoding: str) -> str:
        try:
            return self.files[path].content.decode(encoding)
        except UnicodeDecodeError as error:
            self.broken(f"{path} is not in {encoding}, which bagit.txt says it is in (byte {error.start}).")

    def manifests(self, said: Declaration) -> tuple[list[Manifest], list[Manifest]]:
        """The lists of the payload and those of tag files (sections 2.1.3 and 2.2.1)."""
        payload: list[Manifest] = []
        of_tags: list[Manifest] = []
        for path in self.files:
            match = _MANIFEST.fullmatch(path)
            if match and (algorithm := match["algorithm"].lower().replace("-", "")) in ALGORITHMS:
                manifest = Manifest(path, algorithm, self.sums(path, algorithm, said))
                (of_tags if match["tags"] else payload).append(manifest)
        if not payload:
            self.broken(f"it has no manifest of its payload in one of {', '.join(ALGORITHMS)}.")
        return payload, of_tags

    def sums(self, path: str, algorithm: str, said: Declaration) -> Mapping[str, str]:
        """The checksums of one manifest by path."""
        found: dict[str, str] = {}
        length = hashlib.new(algorithm, usedforsecurity=False).digest_size * 2
        for number, line in enumerate(re.split(r"\r\n|\r|\n", self.text(path, said.encoding)), start=1):
            if not line.strip():
                continue
            match = _LINE.fullmatch(line)
            if match is None or len(match["sum"]) != length:
                self.broken(f"line {number} of {path} is not a checksum of {algorithm} and a path.")
            listed = self.meant(match["path"], said, f"line {number} of {path}")
            if listed in found and (said.version >= (1, 0) or found[listed] != match["sum"].lower()):
                self.broken(f"{path} lists {listed} twice.")
            found[listed] = match["sum"].lower()
        return found

    def meant(self, written: str, said: Declaration, where: str) -> str:
        """The path that a line of a manifest means: percent signs decoded (section 2.1.3), within the bag."""
        plain = written.rstrip() if written not in self.files and written.rstrip() in self.files else written
        path = _ENCODED.sub(lambda found: chr(int(found[1], 16)), plain).removeprefix("./")
        if said.version < (1, 0) and path not in self.files and plain.removeprefix("./") in self.files:
            path = plain.removeprefix("./")
        parts = path.split("/")
        if ".." in parts or path.startswith(("/", "~", "\\")) or re.match("[A-Za-z]:", path):
            self.broken(f"{where} names {names.printable(path)}, which leads out of the bag.")
        if path in self.files:
            return path
        # Section 6.1.1: a file system may compose accents otherwise than the manifest.
        alike = [each for each in self.files if names.normal(each) == names.normal(path)] if not path.isascii() else []
        return alike[0] if len(alike) == 1 else path

    def nothing_to_fetch(self, said: Declaration) -> None:
        """Section 2.2.3. A bag that asks for files from elsewhere is not whole, and nothing is fetched for it."""
        if "fetch.txt" in self.files and (wanted := self.text("fetch.txt", said.encoding).strip()):
            first = names.printable(wanted.splitlines()[0])
            self.broken(f"fetch.txt asks for files from elsewhere ({first}), and nothing is fetched. Complete the bag.")

    def completeness(self, manifests: list[Manifest], of_tags: list[Manifest], said: Declaration) -> None:
        """Section 3: every file that is listed is there, and every file of the payload is listed."""
        for manifest in (*manifests, *of_tags):
            for path in manifest.sums:
                if path not in self.files:
                    self.broken(f"{manifest.file} lists {names.printable(path)}, which is not there.")
        for manifest in manifests:
            if stray := next((path for path in manifest.sums if not path.startswith("data/")), None):
                self.broken(f"{manifest.file} lists {stray}, which does not lie in data/.")
        for path in self.payload:
            lacking = [each.file for each in manifests if path not in each.sums]
            # Before 1.0 one manifest of several was enough.
            if lacking and (said.version >= (1, 0) or len(lacking) == len(manifests)):
                self.broken(f"{names.printable(path)} is not listed in {lacking[0]}.")

    def oxum(self, info: list[tuple[str, str]], where: str) -> None:
        """Section 2.2.2: how many bytes and files the payload has. Cheap, and so asked before the checksums."""
        for label, value in info:
            if label.casefold() != "payload-oxum":
                continue
            match = _OXUM.fullmatch(value)
            if match is None:
                self.broken(f"{where} gives Payload-Oxum as “{value}”; it is two numbers with a dot between.")
            octets = sum(file.size for file in self.payload.values())
            if (int(match["octets"]), int(match["streams"])) != (octets, len(self.payload)):
                self.broken(
                    f"{where} tells of {match['octets']} bytes in {match['streams']} files (Payload-Oxum); "
                    f"there are {octets} in {len(self.payload)}."
                )

    def checksums(self, manifests: list[Manifest]) -> None:
        """Every listed file has every checksum that is listed for it; each file is read once."""
        for path, file in self.files.items():
            wanted = {each.algorithm: (each.sums[path], each.file) for each in manifests if path in each.sums}
            if not wanted:
                continue
            digests = {algorithm: hashlib.new(algorithm, usedforsecurity=False) for algorithm in wanted}
            with file.open() as stream:
                while piece := stream.read(CHUNK):
                    for digest in digests.values():
                        digest.update(piece)
            for algorithm, (wanted_sum, manifest) in wanted.items():
                if digests[algorithm].hexdigest() != wanted_sum:
                    self.broken(
                        f"{names.printable(path)} is not as it was packed: its {algorithm} is not in {manifest}."
                    )


def check(files: Mapping[str, Source], *, name: str) -> Bag:
    """The bag that these files make up, by path within it.

    :raises BrokenSource: with the first file that breaks the bag.
    """
    bag = _Check(files, name)
    said = bag.declaration()
    bag.nothing_to_fetch(said)
    manifests, of_tags = bag.manifests(said)
    bag.completeness(manifests, of_tags, said)
    info: list[tuple[str, str]] = []
    for path in _INFO:
        if path in files:
            info = list(tags(bag.text(path, said.encoding)))
            bag.oxum(info, path)
            break
    bag.checksums([*manifests, *of_tags])
    return Bag(bag.payload, tuple(_remarks(name, files, info)))


def _remarks(name: str, files: Mapping[str, Source], info: list[tuple[str, str]]) -> Iterator[str]:
    if info:
        yield f"The bag {name} says of itself: " + "; ".join(f"{label}: {value}" for label, value in info) + "."
    for path in files:
        match = _MANIFEST.fullmatch(path)
        if match and match["algorithm"].lower().replace("-", "") not in ALGORITHMS:
            yield f"{path} was not checked, for its kind of checksum is not known here."
