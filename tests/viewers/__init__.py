"""Viewers that sites can have in Mirador's place, as npm brings them: for the tests alone, and never shipped."""

from __future__ import annotations

from pathlib import Path

MODULES = Path(__file__).parent / "node_modules"

#: What lies below iiif/vendor/, and where npm puts it.
VENDOR = {
    "openseadragon": MODULES / "openseadragon" / "build" / "openseadragon",
    "tify": MODULES / "tify" / "dist",
    "universalviewer": MODULES / "universalviewer" / "dist",
    "clover": MODULES / "@samvera" / "clover-iiif" / "dist" / "web-components",
}


def installed() -> bool:
    """Whether ``npm ci`` was run in this folder."""
    return all(folder.is_dir() for folder in VENDOR.values())


def laid_out(folder: Path) -> Path:
    """A folder of static files with every viewer at its place."""
    vendor = folder / "iiif" / "vendor"
    vendor.mkdir(parents=True)
    for name, files in VENDOR.items():
        (vendor / name).symlink_to(files, target_is_directory=True)
    return folder
