"""Uploads: what a browser or a program has sent, as sources."""

from __future__ import annotations

from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from archive.readers import Source
from archive.readers.tables import ColumnMapping


def source_of(upload: UploadedFile[bytes], mapping: ColumnMapping | None) -> Source:
    """An uploaded file as a source. A large one stays in the file where Django put it."""
    name = upload.name or "unnamed"
    if isinstance(upload, TemporaryUploadedFile):
        source = Source.at(Path(upload.temporary_file_path()), name=name)
    else:
        source = Source(name, upload.read())
    source.mapping = mapping
    return source
