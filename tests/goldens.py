"""Goldens: each source in fixtures/sources has a twin in fixtures/expected/<format>, which says what becomes of it.

A missing twin fails, and with ``TWINS=write`` in the environment it is written; whoever keeps it has read it against
the source.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.accession import Arrival, enter_all
from archive.description import Description, describe
from archive.drafts import RecordId
from archive.models import (
    Accession,
    AccessionItem,
    AccessionSource,
    Agent,
    ArchivalUnit,
    Concept,
    Document,
    Original,
    Page,
    Place,
)
from archive.readers import PAGES, drafts_of
from archive.units import ancestors
from archive.units import path as path_of
from tests.sources import SOURCES, source

EXPECTED = SOURCES.parent / "expected"
#: What comes out is shown for sources of one document; every source has its draft as a twin.
ALL = sorted(path for reader in PAGES for path in SOURCES.glob(f"{reader.name}/*"))

each_source = pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)


def described(path: Path) -> Description:
    """The description of a source's one document.

    What is minted differs each time: here it is set. Each text has one page with a line on it, because what a
    page comes to depends on the font library.
    """
    _, [draft] = drafts_of(source(path))
    (entry,) = enter_all([Arrival(draft, AccessionSource(name=path.name))])
    made = entry.document
    if draft.first(RecordId) is None:
        Document.objects.filter(pk=made.pk).update(identifier=path.stem)
        made.identifier = path.stem
    kept_in = [each.unit_id for each in made.references.order_by("order") if each.unit_id]
    units = [unit.pk for leaf in kept_in for unit in path_of(leaf, ancestors(kept_in))]
    authorities = ((each, each._meta.model_name, each.objects.order_by("pk").values_list("pk", flat=True))
                   for each in (Agent, Concept, Place))  # fmt: skip
    for model, name, pks in (*authorities, (ArchivalUnit, "unit", dict.fromkeys(units))):
        for number, pk in enumerate(pks, start=1):
            model.objects.filter(pk=pk).update(identifier=f"{name}-{number}")
    for number, text in enumerate(made.texts.all(), start=1):
        Page.objects.create(
            identifier=f"{made.identifier}.{number}", document=made, text=text, order=number, kind="typeset",
            width=1200, height=1600, media_type="image/tiff",
            lines=[{"text": text.body.splitlines()[0], "box": [100, 200, 1000, 40]}],
        )  # fmt: skip
    _came_in(made, path.name)
    [description] = describe([made.pk])
    return description


def _came_in(document: Document, name: str) -> None:
    """Say that the document came in, at a time and by a reader that are always the same."""
    accession = Accession.objects.create()
    original = Original.objects.create(sha256="0" * 64, size=1)
    source = AccessionSource.objects.create(
        accession=accession, position=1, name=name, reader="reader", reader_version="1", original=original
    )
    AccessionItem.objects.create(
        accession=accession, source=source, document=document, state="created",
        finished_at=datetime(2026, 1, 1, 12, tzinfo=UTC),
    )  # fmt: skip


def twin(name: str, path: Path, suffix: str) -> Path:
    """The file that says what becomes of a source in a format."""
    return EXPECTED / name / f"{path.stem}.{suffix}"


def assert_is_twin(actual: str, kept: Path) -> None:
    """Hold what became of a source against its twin; one that is missing fails, even if it is written."""
    if not kept.exists() and os.environ.get("TWINS") == "write":
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(actual, encoding="utf-8")
        pytest.fail(f"{kept} was missing, and is written. Read it against its source.")
    if not kept.exists():
        pytest.fail(f"{kept} is missing. TWINS=write writes it.")
    assert actual.splitlines() == kept.read_text(encoding="utf-8").splitlines()
    assert actual == kept.read_text(encoding="utf-8")


def assert_every_twin_has_a_source(name: str) -> None:
    """What has lost its source tests nothing any more."""
    assert {path.stem for path in (EXPECTED / name).glob("*")} == {path.stem for path in ALL}
