"""Folders of this machine as what is handed in: each file below one, and a bag as its payload.

A file is called by its path within the folder. What cannot come in stands in its place with the reason, so that its
neighbours do.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from archive.accession.limits import container_limits
from archive.accession.submission import Given, TooLarge, presentable, refuse_too_large
from archive.containers import RefusedMember, is_bag, payload_at
from archive.containers.names import NameRefused, is_furniture, printable, refuse_disguised
from archive.readers import Source, SourceRefused


def files_below(folder: Path, *, within: Path) -> Iterator[Given]:
    """The files of a folder and of those below it, in alphabetical order; see ``passed_over``."""
    if is_bag(folder):
        yield from files_of_bag(folder, within=within)
        return
    for path in sorted(folder.iterdir()):
        if passed_over(path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from files_below(path, within=within)
        else:
            yield file_at(path, within=within)


def file_at(path: Path, *, within: Path) -> Given:
    """What lies at a path and is no folder. A link may lead out of a folder that somebody else has packed."""
    name = path.relative_to(within).as_posix()
    try:
        refuse_disguised(name)
    except NameRefused as refusal:
        return RefusedMember(presentable(name), f"{printable(name)} does not come in: {refusal}. Rename it.")
    if path.is_symlink():
        return RefusedMember(name, f"{name} is a link, and links are not followed. Hand in the file itself.")
    if not path.is_file():
        return RefusedMember(name, f"{name} is no file but a device, a pipe or a socket.")
    if not os.access(path, os.R_OK):
        return RefusedMember(name, f"{name} may not be read by the user that this site runs as.")
    return _fitting(Source.at(path, name=name))


def files_of_bag(folder: Path, *, within: Path) -> Iterator[Given]:
    """The payload of a bag, once every checksum in it was found right; of a broken one, the file that breaks it."""
    name = folder.relative_to(within).as_posix()
    try:
        for file in payload_at(folder, limits=container_limits()):
            path = (folder / file.name).relative_to(within).as_posix()
            yield _fitting(Source(path, opening=file.open, size=file.size))
    except SourceRefused as refusal:
        yield RefusedMember(name, str(refusal))


def _fitting(source: Source) -> Given:
    """The file, or its refusal where it is larger than the site takes: the others come in."""
    try:
        refuse_too_large([source])
    except TooLarge as refusal:
        return RefusedMember(source.name, str(refusal))
    return source


def passed_over(name: str) -> bool:
    """Whether a name is hidden, or of what systems and office programs put beside files for themselves."""
    return is_furniture(name) or name.startswith("~$") or name.endswith("~")
