"""Names of members: which of them are refused, which are passed over, and how they are shown.

A path in a container is a claim of whoever packed it. Nothing is ever written under it, but it stands in reports,
and by it files find one another.
"""

from __future__ import annotations

import re
import unicodedata

from archive.containers.limits import LONGEST_NAME

#: Characters that turn the direction of what follows: "annotations‮txt.exe" reads as "annotationsexe.txt".
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_DRIVE = re.compile(r"[A-Za-z]:")
#: What systems put beside files for themselves. Names that begin with a dot are hidden ones.
_FURNITURE = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "__macosx"})


class NameRefused(Exception):  # noqa: N818 - the name says the outcome
    """A name that cannot be one; the message says what is wrong with it, to stand after the name."""


def refuse_unsafe(name: str) -> None:
    """Let a path pass that leads to one place below its container, and looks like what it is.

    :raises NameRefused: saying what is wrong with it.
    """
    refuse_disguised(name)
    if "\\" in name:
        raise NameRefused("its name holds a backslash, which leads elsewhere on some systems")
    if name.startswith("/") or _DRIVE.match(name):
        raise NameRefused("its path is an absolute one and leads out of the container")
    parts = name.split("/")
    if ".." in parts:
        raise NameRefused("its path leads out of its folder (“..”)")
    if "" in parts or "." in parts:
        raise NameRefused("its path has an empty step")
    if len(name) > LONGEST_NAME:
        raise NameRefused(f"its path has more than {LONGEST_NAME} characters")


def refuse_disguised(name: str) -> None:
    """Let a name pass that looks like what it is, wherever it comes from.

    :raises NameRefused: saying what is wrong with it.
    """
    if found := _CONTROL.search(name):
        raise NameRefused(f"its name holds a control character (U+{ord(found[0]):04X}), which no honest name does")
    if found := _TURNING.search(name):
        raise NameRefused(
            f"its name holds a hidden character (U+{ord(found[0]):04X}) that turns the direction of reading, "
            "so that it shows as another name than it is"
        )


def undisguised(name: str) -> str:
    """The name with a question mark for each character that ``refuse_disguised`` refuses."""
    return _TURNING.sub("?", _CONTROL.sub("?", name))


def is_furniture(name: str) -> bool:
    """Whether a path leads to what a system keeps for itself (``__MACOSX/._x``, ``Thumbs.db``) or hides."""
    parts = name.split("/")
    return any(part.startswith(".") and part not in (".", "..") for part in parts) or any(
        part.casefold() in _FURNITURE for part in parts
    )


def shown(raw: bytes) -> str:
    """A name that cannot be decoded, for a report."""
    return printable(raw.decode("utf-8", "backslashreplace"))


def printable(name: str) -> str:
    """A name as a report can show it: what cannot be seen is spelt out, what is too long is cut."""
    seen = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in name)
    return seen if len(seen) <= LONGEST_NAME else f"{seen[:LONGEST_NAME]}…"


def normal(name: str) -> str:
    """A name by which two are compared: systems compose accents differently."""
    return unicodedata.normalize("NFC", name)
