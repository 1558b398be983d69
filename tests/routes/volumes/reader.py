"""Reads volumes: a first line ``VOLUME``, and a line for each document."""

from __future__ import annotations

import time
from collections.abc import Iterator

from archive.drafts import Contribution, Draft, Field, Identity, TextBody, Title
from archive.readers import Source

#: Seconds that a document takes.
SLOWNESS = 0.005


class VolumeReader:
    name = "volume"
    version = "1"

    def recognises(self, source: Source) -> bool:
        return source.head(7) == b"VOLUME\n"

    def read(self, source: Source) -> Iterator[Draft]:
        with source.open() as file:
            file.readline()
            for number, line in enumerate(file):
                time.sleep(SLOWNESS)
                yield draft(source.name, number, line.decode().strip())


def draft(volume: str, number: int, words: str) -> Draft:
    values = (Title(words), TextBody(words, "transcript", "en"), Contribution("sender", "Stalin", "Stalin"))
    fields = tuple(Field(value, words, locator=f"line {number + 2}") for value in values)
    return Draft(Identity("record", f"{volume}/{number}"), fields)
