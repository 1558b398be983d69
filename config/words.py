"""Words: compiles the translations that translators write (``django.po``) into what Django reads (``django.mo``).

``make`` runs this as a module, and the build of the wheel as its hook. It needs no gettext on the machine.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import polib

LOCALE = Path("archive/locale")


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every catalogue that is newer than what was made of it, and say where all of that is."""
    made = []
    for written in sorted((root / LOCALE).glob("*/LC_MESSAGES/django.po")):
        compiled = written.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < written.stat().st_mtime:
            # Put in its place whole: another process may be reading it.
            half = compiled.with_suffix(f".{os.getpid()}")
            polib.pofile(str(written)).save_as_mofile(str(half))
            half.replace(compiled)
        made.append(compiled)
    return made


def get_build_hook() -> type:
    """The hook that hatchling asks for: adds the compiled catalogues to the wheel."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface  # there only while a wheel is built

    class Words(BuildHookInterface):  # type: ignore[misc]  # without hatchling it has no type
        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            root = Path(self.root)
            build_data["artifacts"] += [f"/{each.relative_to(root).as_posix()}" for each in compile_catalogues(root)]

    return Words


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent.parent)
